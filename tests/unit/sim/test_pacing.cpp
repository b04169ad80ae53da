#include <blondel/sim/pacing.hpp>

#include <catch2/catch.hpp>

using namespace blondel;

TEST_CASE("pacing: the words free, real and stepped are read") {
  CHECK(parse_pacing("free").value().kind == Pacing::Kind::free);
  CHECK(parse_pacing("stepped").value().kind == Pacing::Kind::stepped);
  CHECK(parse_pacing("real").value() == Pacing{Pacing::Kind::real, 1'000'000});
}

TEST_CASE("pacing: a ratio is kept exactly to a millionth") {
  CHECK(parse_pacing("real:3").value().ratio_ppm == 3'000'000);
  CHECK(parse_pacing("real:0.25").value().ratio_ppm == 250'000);
  CHECK(parse_pacing("real:1.5").value().ratio_ppm == 1'500'000);
  CHECK(parse_pacing("real:0.000001").value().ratio_ppm == 1);
  CHECK(parse_pacing("real:1000000").value().ratio_ppm == 1'000'000'000'000);
}

TEST_CASE("pacing: a ratio of nothing or beyond the limit is out of range") {
  CHECK(parse_pacing("real:0").error().code == ErrorCode::out_of_range);
  CHECK(parse_pacing("real:0.000000").error().code == ErrorCode::out_of_range);
  CHECK(parse_pacing("real:1000000.000001").error().code == ErrorCode::out_of_range);
  CHECK(parse_pacing("real:99999999999999999999999").error().code == ErrorCode::out_of_range);
}

TEST_CASE("pacing: wrong text is refused with the offset of the first wrong character") {
  auto const [text, offset] = GENERATE(table<char const*, int>({{"", 0},
                                                                {"fast", 0},
                                                                {"freely", 0},
                                                                {"real:", 5},
                                                                {"real:x", 5},
                                                                {"real:-1", 5},
                                                                {"real:1,5", 6},
                                                                {"real:1.", 7},
                                                                {"real:.5", 5},
                                                                {"real:1.5.2", 8},
                                                                {"real:1.2345678", 13},
                                                                {"real:1e3", 6}}));
  CAPTURE(text);
  CHECK(parse_pacing(text).error() == Error{ErrorCode::bad_syntax, offset});
}

TEST_CASE("pacing: the text of a pacing is the shortest that reads back the same") {
  CHECK(to_text({Pacing::Kind::free, 1'000'000}) == "free");
  CHECK(to_text({Pacing::Kind::stepped, 1'000'000}) == "stepped");
  CHECK(to_text({Pacing::Kind::real, 1'000'000}) == "real");
  CHECK(to_text({Pacing::Kind::real, 2'500'000}) == "real:2.5");
  CHECK(to_text({Pacing::Kind::real, 60'000'000}) == "real:60");
  CHECK(to_text({Pacing::Kind::real, 1}) == "real:0.000001");
}

TEST_CASE("pacing: an epoch is ten milliseconds of host time when paced") {
  CHECK(epoch_of({Pacing::Kind::real, 1'000'000}).ns() == 10'000'000);
  CHECK(epoch_of({Pacing::Kind::real, 60'000'000}).ns() == 600'000'000);
  CHECK(epoch_of({Pacing::Kind::real, 1}).ns() == 10);
  CHECK(epoch_of({Pacing::Kind::stepped, 1'000'000}).ns() == 10'000'000);
  CHECK(epoch_of({Pacing::Kind::free, 1'000'000}).ns() == 1'000'000'000);
}
