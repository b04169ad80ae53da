// Saving, loading and forking a twin. One list of fields for each struct, beside the struct, serves both
// ways.

#include <algorithm>
#include <array>
#include <utility>

#include <blondel/base/contract.hpp>

#include "core/meter/meter_fields.hpp"
#include "core/nv/nv_layout.hpp"
#include "frontend/source/recording.hpp"
#include "twin/config_hash.hpp"
#include "twin/ram_nv.hpp"
#include "twin/snapshot.hpp"
#include "twin/twin_parts.hpp"

namespace blondel {
namespace {

constexpr std::uint32_t page_size = 4'096;
using Page = std::array<std::uint8_t, page_size>;

/// @return octets in the n-th page of a memory
std::size_t page_length(std::uint32_t size, std::uint32_t n) {
  return std::min(page_size, size - n * page_size);
}

std::uint32_t page_count(std::uint32_t size) {
  return size / page_size + (size % page_size != 0 ? 1 : 0);
}

bool is_empty(ByteSpan page) {
  return std::all_of(page.begin(), page.end(), [](std::uint8_t octet) { return octet == 0; });
}

/// The pages that hold anything. A page that cannot be read is left out: the meter could not read it either.
std::vector<std::uint8_t> memory_octets(NvStore const& nv) {
  StateWriter field;
  auto const size = nv.size();
  field(size);
  for (std::uint32_t n = 0; n < page_count(size); ++n) {
    Page page{};
    auto const span = MutableByteSpan{page}.first(page_length(size, n));
    if (nv.read(n * page_size, span) && !is_empty(span)) {
      field(n);
      field(page);
    }
  }
  auto const end = page_count(size);
  field(end);
  return field.take();
}

/// Makes a memory what the snapshot says; writes only what differs. @errors nv_io
Result<void> restore_page(NvStore& nv, std::uint32_t n, Page const& wanted) {
  Page held{};
  auto const length = page_length(nv.size(), n);
  if (auto const read = nv.read(n * page_size, MutableByteSpan{held}.first(length)); !read) {
    return read;
  }
  return held == wanted ? Result<void>{} : nv.write(n * page_size, ByteSpan{wanted}.first(length));
}

/// @errors forbidden: it belongs to another meter
Result<void> expect_own_memory(NvStore const& nv, std::uint32_t serial_number) {
  MeterState held;
  auto const blank = is_blank(nv);
  bool const is_foreign = blank && !*blank && restore(held, nv) && held.serial_number != serial_number;
  return is_foreign ? Result<void>{fail(ErrorCode::forbidden, held.serial_number)} : Result<void>{};
}

Result<void> restore_memory(Snapshot const& from, NvStore& nv) {
  auto const size = nv.size();
  std::vector<std::pair<std::uint32_t, Page>> pages;
  auto const read = from.read(SnapshotPart::memory, [&](auto& field) {
    auto saved_size = size;
    field.within(saved_size, size, size);
    std::uint32_t next = 0;
    for (;;) {
      auto number = next;
      field.within(number, next, page_count(size));
      if (number == page_count(size) || field.failed()) {
        return;
      }
      field(pages.emplace_back(number, Page{}).second);
      next = number + 1;
    }
  });
  if (!read) {
    return read;
  }
  auto page = pages.begin();
  for (std::uint32_t n = 0; n < page_count(size); ++n) {
    bool const is_held = page != pages.end() && page->first == n;
    if (auto const restored = restore_page(nv, n, is_held ? page->second : Page{}); !restored) {
      return restored;
    }
    page += is_held ? 1 : 0;
  }
  return {};
}

template<class Visitor, class State>
void visit_meter(Visitor& field, State& state) {
  visit_permanent(field, state);
  visit_volatile(field, state);
}

template<class Thing>
std::vector<std::uint8_t> octets_of(Thing const& thing) {
  StateWriter field;
  field(thing);
  return field.take();
}

}  // namespace

void Twin::Parts::save_state(Snapshot& to) const {
  StateWriter meter_fields;
  visit_meter(meter_fields, state);
  to.put(SnapshotPart::meter, meter_fields.take());
  to.put(SnapshotPart::measuring, octets_of(measuring));
  StateWriter own_fields;
  bool const has_surface = surface.has_value();
  own_fields(has_surface);
  visit_state(own_fields, *this);
  to.put(SnapshotPart::twin, own_fields.take());
  StateWriter front_end;
  std::optional<Tier> const which = has_front_end() ? std::optional{tier()} : std::nullopt;
  front_end(which);
  if (waveform) {
    waveform->save(front_end);
  } else if (phasor) {
    front_end(*phasor);
  } else if (interval) {
    front_end(*interval);
  }
  to.put(SnapshotPart::front_end, front_end.take());
}

Result<void> Twin::Parts::load_twin(Snapshot const& from) {
  auto read = from.read(SnapshotPart::meter, [this](auto& field) { visit_meter(field, state); });
  if (!read) {
    return read;
  }
  auto const decoded = decode_configuration(state.configuration.numbers);
  if (!decoded) {
    return tl::unexpected{decoded.error()};
  }
  state.configuration = *decoded;
  read = from.read(SnapshotPart::measuring, [this](auto& field) { field(measuring); });
  if (!read) {
    return read;
  }
  bool has_surface{};
  read = from.read(SnapshotPart::twin, [&](auto& field) {
    field(has_surface);
    visit_state(field, *this);
  });
  if (read && has_surface && !surface) {
    surface = fit_surface(config.front_end, config.meter, surface_calibration);
  }
  return read;
}

/// The front end as it was built, with the signals that stand there; then what it remembers.
Result<void> Twin::Parts::load_front_end(Snapshot const& from) {
  return from.read(SnapshotPart::front_end, [&](auto& field) {
    std::optional<Tier> which;
    field(which);
    if (!which) {
      return;
    }
    bool const is_possible = which == Tier::waveform
                                 ? config.tier == Tier::waveform || config.hybrid_window.has_value()
                                 : which == config.tier && surface.has_value();
    if (!is_possible || elements.count == 0 || field.failed()) {
      field.octets().refuse();
      return;
    }
    make_front_end(*which, SimTime{});
    if (waveform) {
      waveform->set_signals(elements);
      waveform->load(field);
      if (auto const* const recording = source->recording()) {
        waveform->set_recording(
            recording_feed(*recording, overrides.wiring.value_or(config.wiring), line_gains));
      }
    } else if (phasor) {
      phasor->set_signals(elements, SimTime{});
      field(*phasor);
    } else if (interval) {
      interval->set_signals(elements);
      field(*interval);
    }
  });
}

Result<void> Twin::Parts::load_state(Snapshot const& from) {
  auto loaded = load_twin(from);
  return loaded ? load_front_end(from) : loaded;
}

void Twin::save(Snapshot& to) const {
  auto const& p = *parts_;
  SnapshotIdentity identity;
  identity.now = now_;
  identity.config_hash = config_hash(p.config);
  identity.seed = p.config.seed;
  identity.state_hash = state_hash();
  identity.serial_number = p.state.serial_number;
  identity.tier = static_cast<std::uint8_t>(p.config.tier);
  identity.front_end_tier = p.has_front_end() ? static_cast<std::uint8_t>(p.tier()) : tier_count;
  identity.is_hybrid = p.config.hybrid_window.has_value();
  identity.is_powered = p.meter.is_powered();
  to.put(SnapshotPart::identity, octets_of(identity));
  p.save_state(to);
  to.put(SnapshotPart::memory, memory_octets(*p.nv));
}

Result<void> Twin::load(Snapshot const& from) {
  auto& p = *parts_;
  auto const identity = identity_of(from);
  if (!identity) {
    return tl::unexpected{identity.error()};
  }
  if (identity->config_hash != config_hash(p.config)) {
    return fail(ErrorCode::contradiction, identity->serial_number);
  }
  auto loaded = expect_own_memory(*p.nv, identity->serial_number);
  if (loaded) {
    loaded = p.load_state(from);
  }
  if (loaded) {
    loaded = restore_memory(from, *p.nv);
  }
  now_ = identity->now;
  if (loaded && state_hash() != identity->state_hash) {
    return fail(ErrorCode::bad_checksum);
  }
  return loaded;
}

void Twin::look_at_source() {
  parts_->apply_point(now_);
}

std::unique_ptr<Twin> Twin::fork(std::unique_ptr<Source> source) const {
  auto const& p = *parts_;
  std::unique_ptr<NvStore> nv;
  if (auto const* const ram = dynamic_cast<RamNv const*>(p.nv.get())) {
    nv = ram->fork();
  } else {
    nv = std::make_unique<RamNv>(p.nv->size(), p.nv->outlives_process());
    Snapshot memory;
    memory.put(SnapshotPart::memory, memory_octets(*p.nv));
    BLONDEL_EXPECTS(restore_memory(memory, *nv).has_value());
  }
  auto twin = std::make_unique<Twin>(p.config, std::move(source), std::move(nv));
  twin->parts_->surface = p.surface;
  Snapshot state;
  p.save_state(state);
  BLONDEL_EXPECTS(twin->parts_->load_state(state).has_value());
  twin->now_ = now_;
  return twin;
}

}  // namespace blondel
