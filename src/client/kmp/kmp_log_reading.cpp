#include "client/kmp/kmp_log_reading.hpp"

#include <algorithm>
#include <utility>

namespace blondel {
namespace {

/// How far an id lies ahead of another: ids wrap.
std::uint16_t ahead(std::uint16_t id, std::uint16_t of) {
  return static_cast<std::uint16_t>(id - of);
}

}  // namespace

KmpLogReading::KmpLogReading(KmpLogWish wish) : wish_{std::move(wish)} {
  if (wish_.count == std::uint32_t{0}) {
    return;
  }
  is_looking_ = wish_.count && !wish_.from;
  ask_from(0);
  request_->command = KmpCommand::get_log_time_present;
  request_->from = wish_.from.value_or(CivilTime{});
  if (is_looking_) {
    request_->record_count = 1;
  }
}

Result<void> KmpLogReading::take(KmpLogAnswer const& answer) {
  KmpLogRecordReader records{answer};
  auto const before = last_id_;
  while (!records.at_end()) {
    auto const id = records.next();
    if (!id) {
      return tl::unexpected<Error>{id.error()};
    }
    if (is_looking_) {
      start_at_newest(answer, *id);
      return {};
    }
    constexpr std::uint16_t half = 0x8000;
    if (last_id_ && (*id == *last_id_ || ahead(*id, *last_id_) >= half)) {
      return fail(ErrorCode::bad_field, *id);
    }
    KmpLogRow row{*id, {}};
    for (auto const& field : records.fields()) {
      row.values.push_back(
          {field.id, field.unit, field.sign_exponent, {field.octets.begin(), field.octets.end()}});
    }
    rows_.push_back(std::move(row));
    last_id_ = *id;
    row_count_ += 1;
  }
  bool const is_complete = wish_.count && row_count_ >= *wish_.count;
  bool const is_cut = (answer.info & kmp_log_cut) != 0;
  if (is_complete || (!is_cut && last_id_ == before) || (answer.info & kmp_log_end) != 0) {
    request_.reset();
    return {};
  }
  if (last_id_ == before) {
    return fail(ErrorCode::too_long, kmp_application_max);
  }
  expected_count_ = row_count_ + ahead(answer.newest_id, *last_id_);
  if (wish_.count) {
    expected_count_ = std::min(expected_count_, *wish_.count);
  }
  ask_from(static_cast<std::uint16_t>(*last_id_ + 1));
  return {};
}

std::vector<KmpLogRow> KmpLogReading::take_rows() {
  return std::exchange(rows_, {});
}

void KmpLogReading::ask_from(std::uint16_t id) {
  constexpr std::uint32_t most = 0xFF;
  KmpLogRequest request;
  request.command = KmpCommand::get_log_id_present;
  request.log = wish_.log;
  request.id_count = static_cast<std::uint8_t>(std::min(wish_.ids.size(), request.ids.size()));
  std::copy_n(wish_.ids.begin(), request.id_count, request.ids.begin());
  auto const left = wish_.count ? *wish_.count - row_count_ : most;
  request.record_count = static_cast<std::uint8_t>(std::min(left, most));
  request.position = id;
  request_ = request;
}

void KmpLogReading::start_at_newest(KmpLogAnswer const& answer, std::uint16_t oldest) {
  is_looking_ = false;
  auto const back = std::min<std::uint32_t>(*wish_.count - 1, ahead(answer.newest_id, oldest));
  ask_from(static_cast<std::uint16_t>(answer.newest_id - back));
}

}  // namespace blondel
