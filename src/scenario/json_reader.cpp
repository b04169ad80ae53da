#include <scenario/json_reader.hpp>

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

namespace blondel {
namespace {

using Json = nlohmann::json;

/// "line 2, column 13" @param offset of the octet at fault, from 0
std::string place_at(std::string_view text, std::size_t offset) {
  auto const before = text.substr(0, offset);
  auto const line = std::count(before.begin(), before.end(), '\n') + 1;
  auto const start = before.rfind('\n');
  auto const column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": ";
}

/// Where a string begins whose closing quote is the last octet: inside it every quote has an odd count of
/// backslashes before it.
std::size_t string_start(std::string_view upto) {
  for (auto offset = upto.size() - 1; offset-- > 0;) {
    if (upto[offset] != '"') {
      continue;
    }
    auto const before = upto.substr(0, offset);
    auto const last_other = before.find_last_not_of('\\');
    auto const backslashes = before.size() - (last_other == std::string_view::npos ? 0 : last_other + 1);
    if (backslashes % 2 == 0) {
      return offset;
    }
  }
  return 0;
}

/// Where the number begins and ends that was just read; the library may have taken one octet more.
std::pair<std::size_t, std::size_t> number_span(std::string_view upto) {
  constexpr std::string_view octets = "0123456789+-.eE";
  auto const last = upto.find_last_of(octets);
  auto const before = upto.substr(0, last + 1).find_last_not_of(octets);
  auto const start = before == std::string_view::npos ? 0 : before + 1;
  return {start, last + 1 - start};
}

/// What ends the reading early: thrown to come out of the library, never beyond read_json.
struct Refusal {
  std::string message;
};

/// Sees each key and each opening bracket as it is read.
class Watch {
 public:
  Watch(std::string const& text, std::istream& stream) : text_{text}, stream_{stream} {}

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    bool const is_object = event == Json::parse_event_t::object_start;
    if ((is_object || event == Json::parse_event_t::array_start) && depth >= json_depth_max) {
      throw Refusal{place_at(text_, taken().size() - 1) +
                    "nested too deep; allowed: " + std::to_string(json_depth_max) + " levels"};
    }
    if (is_object) {
      keys_.emplace_back();
    } else if (event == Json::parse_event_t::object_end) {
      keys_.pop_back();
    } else if (event == Json::parse_event_t::key && !keys_.back().insert(parsed.get<std::string>()).second) {
      throw Refusal{place_at(text_, string_start(taken())) + "the key " + parsed.dump() +
                    " stands twice; allowed: once in an object"};
    }
    return true;
  }

  /// What the library has read so far.
  [[nodiscard]] std::string_view taken() const {
    auto const offset = stream_.rdbuf()->pubseekoff(0, std::ios::cur, std::ios::in);
    return std::string_view{text_}.substr(0, static_cast<std::size_t>(offset));
  }

 private:
  std::string const& text_;
  std::istream& stream_;
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

tl::expected<Json, std::string> read_json(std::string const& text) {
  std::istringstream stream{text};
  Watch watch{text, stream};
  try {
    return Json::parse(stream, std::ref(watch));
  } catch (Refusal const& refusal) {
    return tl::unexpected{refusal.message};
  } catch (Json::parse_error const& error) {
    return tl::unexpected{place_at(text, error.byte == 0 ? 0 : error.byte - 1) +
                          "no JSON: " + (text.empty() ? "the file is empty" : "not what JSON allows here")};
  } catch (Json::out_of_range const&) {
    auto const taken = watch.taken();
    auto const [start, size] = number_span(taken);
    return tl::unexpected{place_at(text, start) +
                          std::string{taken.substr(start, std::min<std::size_t>(size, 80))} +
                          " is more than a number can hold; allowed: up to 1.79e308"};
  }
}

}  // namespace blondel
