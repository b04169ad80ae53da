#include <catch2/catch.hpp>

#include <blondel/meter/config.hpp>

namespace blondel {
namespace {
constexpr std::array<std::string_view, 5> maker_example{"11000162", "42301011", "00001100", "10000101",
                                                        "34906011"};
TypeNumber with_radio() {
  return *parse_type_number("68535CC453010", DataSheet::english);
}
}  // namespace

TEST_CASE("configuration: the maker's own examples decode") {
  // device.md 0.1: A1 B1 CCC000 DD16 E2; FFF423 GG01 HH01 I1; JJ00 K0 LL01 M1 NN00; OOO100 PPP001 QQ01;
  // RRR349 SSS060 T1 U1
  auto const c = parse_configuration(maker_example, with_radio(), DataSheet::english);
  REQUIRE(c.has_value());
  CHECK(c->a == 1);
  CHECK(c->ccc == 0);
  CHECK(c->dd == 16);
  CHECK(c->e == 2);
  CHECK(c->fff == 423);
  CHECK(c->gg == 1);
  CHECK(c->hh == 1);
  CHECK(c->ll == 1);
  CHECK(c->m == 1);
  CHECK(c->ooo == 100);
  CHECK(c->ppp == 1);
  CHECK(c->qq == 1);
  CHECK(c->rrr == 349);
  CHECK(c->sss == 60);
  CHECK(c->t == 1);
  CHECK(c->u == 1);
  CHECK(c->numbers == std::array<std::uint32_t, 5>{11'000'162, 42'301'011, 1'100, 10'000'101, 34'906'011});
}

TEST_CASE("configuration: each field is read from its own digits") {
  // A2 B1 CCC064 DD23 E4; FFF401 GG05 HH17 I3; JJ00 K0 LL14 M1 NN02; OOO123 PPP001 QQ02; RRR318 SSS200 T2 U3
  auto const c = parse_configuration({"21064234", "40105173", "00014102", "12300102", "31820023"},
                                     with_radio(), DataSheet::english);
  REQUIRE(c.has_value());
  CHECK(c->a == 2);
  CHECK(c->b == 1);
  CHECK(c->ccc == 64);
  CHECK(c->dd == 23);
  CHECK(c->e == 4);
  CHECK(c->fff == 401);
  CHECK(c->gg == 5);
  CHECK(c->hh == 17);
  CHECK(c->i == 3);
  CHECK(c->jj == 0);
  CHECK(c->k == 0);
  CHECK(c->ll == 14);
  CHECK(c->m == 1);
  CHECK(c->nn == 2);
  CHECK(c->ooo == 123);
  CHECK(c->ppp == 1);
  CHECK(c->qq == 2);
  CHECK(c->rrr == 318);
  CHECK(c->sss == 200);
  CHECK(c->t == 2);
  CHECK(c->u == 3);
}

TEST_CASE("type number: dashes and spaces are left out") {
  auto const type = parse_type_number("685-35 CC4-53-010", DataSheet::english);
  REQUIRE(type.has_value());
  CHECK(std::string_view(type->text.data(), 13) == "68535CC453010");
  CHECK(type->phases == Phases::four_wire_50hz);
  CHECK(type->accuracy == AccuracyClass::c);
  CHECK(type->energy == EnergyType::four_quadrant);
  CHECK(type->radio);
  CHECK(type->country == 10);
}

TEST_CASE("type number: a wrong digit is named with what is allowed") {
  auto const type = parse_type_number("68535AC423010", DataSheet::english);
  REQUIRE_FALSE(type.has_value());
  CHECK(type.error() == Error{ErrorCode::bad_digit, 5});
  CHECK(digit_rule(0, 5).letters == "X3");
  CHECK(digit_rule(0, 5).allowed == "1,5,B,C");
  CHECK(parse_type_number("68535CC42301", DataSheet::english).error() == Error{ErrorCode::bad_length, 12});
  CHECK(parse_type_number("68535CC4230100", DataSheet::english).error() == Error{ErrorCode::bad_length, 14});
  CHECK(parse_type_number("68435CC423010", DataSheet::english).error() == Error{ErrorCode::bad_digit, 2});
}

TEST_CASE("configuration: every code outside the sheet's tables is refused at its place") {
  struct Row {
    std::size_t number;
    std::string_view digits;
    std::int64_t detail;
    std::string_view letters;
  };
  auto const row =
      GENERATE(Row{1, "41000162", 100, "A"}, Row{1, "13000162", 101, "B"}, Row{1, "11002162", 102, "CCC"},
               Row{1, "11000242", 105, "DD"}, Row{1, "11000165", 107, "E"}, Row{2, "42329011", 203, "GG"},
               Row{2, "42301251", 205, "HH"}, Row{2, "42301015", 207, "I"}, Row{3, "01001100", 300, "JJ"},
               Row{3, "00024100", 303, "LL"}, Row{3, "00001200", 305, "M"}, Row{3, "00001104", 306, "NN"},
               Row{4, "10000201", 403, "PPP"}, Row{4, "10000103", 406, "QQ"}, Row{5, "34806111", 503, "SSS"},
               Row{5, "35006011", 500, "RRR"}, Row{5, "34906031", 506, "T"}, Row{5, "34906014", 507, "U"});
  auto numbers = maker_example;
  numbers[row.number - 1] = row.digits;
  auto const refused = parse_configuration(numbers, with_radio(), DataSheet::english);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error() == Error{ErrorCode::bad_digit, row.detail});
  CHECK(digit_rule(static_cast<int>(row.number), static_cast<int>(row.detail % 100)).letters == row.letters);
}

TEST_CASE("configuration: an RF code without radio hardware is a contradiction") {
  auto const no_radio = parse_type_number("68535CC423010", DataSheet::english);
  auto const refused = parse_configuration(maker_example, *no_radio, DataSheet::english);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error() == Error{ErrorCode::contradiction, 500});
}

TEST_CASE("configuration: letters and wrong lengths are refused") {
  auto numbers = maker_example;
  numbers[2] = "0000110x";
  CHECK(parse_configuration(numbers, with_radio(), DataSheet::english).error() ==
        Error{ErrorCode::bad_digit, 307});
  numbers[2] = "0000110";
  CHECK(parse_configuration(numbers, with_radio(), DataSheet::english).error() ==
        Error{ErrorCode::bad_length, 307});
}

}  // namespace blondel
