#include <scenario/log_files.hpp>

#include <report/csv.hpp>
#include <scenario/texts.hpp>

#include <array>

namespace blondel {
namespace {

std::string name_of(LogField field) {
  switch (field) {
    case LogField::logger_status:
      return "logger_status";
    case LogField::data_quality:
      return "data_quality";
    case LogField::energy_scaler:
      return "energy_scaler";
    case LogField::event:
      return "event";
    case LogField::phase:
      return "phase";
    case LogField::extreme:
      return "extreme [mV]";
    case LogField::duration:
      return "duration [s]";
    case LogField::previous_clock:
      return "previous_clock";
    case LogField::previous_ratio:
      return "previous_ratio";
    case LogField::changed:
      return "register";
    case LogField::old_value:
      return "old";
    case LogField::new_value:
      return "new";
    case LogField::reading:
      break;
  }
  return {};
}

std::string head_of(LogColumn const& column, Configuration const& configuration) {
  if (column.field != LogField::reading) {
    return name_of(column.field);
  }
  auto const& row = definition(column.register_id);
  auto const unit = unit_text(row, configuration);
  return std::string{row.name} + (unit.empty() ? "" : " [" + std::string{unit} + "]");
}

std::string cell_of(Access const& access, LogId log, LogRecord const& record, LogColumn const& column,
                    std::int64_t value) {
  if (column.field == LogField::previous_clock) {
    Reading reading;
    reading.kind = ReadingKind::stamp;
    reading.stamp = unpack_stamp(value);
    return shown_text(reading, definition(RegisterId::rtc), access.configuration().a);
  }
  if (column.field != LogField::reading) {
    return std::to_string(value);
  }
  auto const reading = access.reading_in(record, log, column.register_id);
  return reading ? shown_text(*reading, definition(column.register_id), access.configuration().a)
                 : std::string{};
}

ScenarioResult<void> write_records(OutputFile& file, Access const& access, LogId log,
                                   std::string const& meter, std::string const& run) {
  auto const columns = access.log_info(log).columns;
  std::vector<LogRecord> block(256);
  for (std::uint32_t from_id = 0;;) {
    auto const count = access.read_log(log, from_id, block);
    if (!count || *count == 0) {
      return {};
    }
    std::string text;
    for (auto const& record : std::span{block}.first(*count)) {
      std::vector<std::string> cells{meter, std::to_string(record.id)};
      for (std::size_t n = 0; n < columns.count; ++n) {
        cells.push_back(record.is_lost ? std::string{}
                                       : cell_of(access, log, record, columns.column[n], record.values[n]));
      }
      cells.push_back(run);
      text += csv_record(cells);
      from_id = record.id + 1;
    }
    if (auto written = file.write(text); !written) {
      return written;
    }
  }
}

ScenarioResult<KeptFile> write_log(std::filesystem::path const& path, Access const& access, LogId log,
                                   std::string const& meter, std::string const& run) {
  auto file = OutputFile::create(path);
  if (!file) {
    return tl::unexpected{file.error()};
  }
  std::vector<std::string> cells{"meter", "id"};
  for (auto const& column : access.log_info(log).columns.in_use()) {
    cells.push_back(head_of(column, access.configuration()));
  }
  cells.emplace_back("run");
  auto done = file->write(csv_record(cells));
  if (done) {
    done = write_records(*file, access, log, meter, run);
  }
  auto const closed = file->close();
  if (!done || !closed) {
    return tl::unexpected{done ? closed.error() : done.error()};
  }
  return file->kept();
}

}  // namespace

std::string name_of(LogId log) {
  switch (log) {
    case LogId::status:
      return "status";
    case LogId::rtc:
      return "rtc";
    case LogId::voltage_quality:
      return "voltage_quality";
    case LogId::load_profile:
      return "load_profile";
    case LogId::debiting:
      return "debiting";
    case LogId::debiting_2:
      return "debiting_2";
    case LogId::ct_ratio:
      return "ct_ratio";
    case LogId::load_profile_events:
      return "load_profile_events";
    case LogId::analysis:
      return "analysis";
    case LogId::neutral_fault:
      return "neutral_fault";
    case LogId::configuration:
      return "configuration";
  }
  return {};
}

ScenarioResult<std::vector<KeptFile>> write_logs(std::filesystem::path const& directory,
                                                 Scenario const& scenario, Twin& twin,
                                                 std::string const& run) {
  std::vector<KeptFile> files;
  auto const meter = std::to_string(scenario.twin.nameplate.serial_number);
  for (auto const log : scenario.logs) {
    auto file = write_log(directory / ("log_" + name_of(log) + ".csv"), twin.access(), log, meter, run);
    if (!file) {
      return tl::unexpected{file.error()};
    }
    files.push_back(std::move(*file));
  }
  return files;
}

}  // namespace blondel
