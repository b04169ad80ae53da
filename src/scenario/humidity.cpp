#include <scenario/humidity.hpp>

#include <scenario/texts.hpp>

#include <algorithm>
#include <cmath>

namespace blondel {
namespace {

constexpr double mean_max_percent = 75.0;
constexpr auto wet_max = SimDuration::seconds(30 * day_s);
constexpr auto year = SimDuration::seconds(365 * day_s);

}  // namespace

/// Never beyond the end of the year under way.
void HumidityRecord::count(SimTime until) {
  auto const span = until - counted_;
  percent_seconds_ += relative_percent_ * static_cast<double>(span.ns()) / ns_per_s;
  if (relative_percent_ > mean_max_percent) {
    wet_ = wet_ + span;
  }
  counted_ = until;
}

void HumidityRecord::set(double relative_percent, SimTime now) {
  count(now);
  relative_percent_ = relative_percent;
}

SimTime HumidityRecord::next_deadline() const {
  auto const year_end = year_start_ + year;
  if (told_wet_ || relative_percent_ <= mean_max_percent) {
    return year_end;
  }
  return std::min(year_end, counted_ + (wet_max - wet_));
}

std::vector<std::string> HumidityRecord::crossed(SimTime now) {
  std::vector<std::string> texts;
  while (next_deadline() <= now) {
    count(next_deadline());
    if (wet_ >= wet_max && !told_wet_) {
      told_wet_ = true;
      texts.emplace_back(
          "outside the operating limits: relative humidity above 75 % for 30 days of a year, allowed on "
          "fewer; "
          "goes on");
    }
    if (counted_ == year_start_ + year) {
      auto const mean = percent_seconds_ / (static_cast<double>(year.ns()) / ns_per_s);
      if (mean > mean_max_percent) {
        texts.push_back("outside the operating limits: relative humidity " +
                        plain_number(std::round(mean * 10) / 10) +
                        " % as a year's mean, allowed 0 to 75 %; goes on");
      }
      year_start_ = counted_;
      wet_ = {};
      percent_seconds_ = 0.0;
      told_wet_ = false;
    }
  }
  count(now);
  return texts;
}

}  // namespace blondel
