# blondel_layer(<name> SOURCES <files...> [DEPS <targets...>] [OPTIONS <flags...>])
#
# One layer of the architecture: a static library blondel_<name> whose private headers are reached as
# <layer>/<file>.hpp from src/ and whose public ones stand in include/blondel/.
# DEPS are the layers (and libraries) it may include; tests/architecture checks the includes themselves.
function(blondel_layer name)
  cmake_parse_arguments(LAYER "" "" "SOURCES;DEPS;OPTIONS" ${ARGN})
  add_library(blondel_${name} STATIC ${LAYER_SOURCES})
  target_include_directories(blondel_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(blondel_${name} PUBLIC ${LAYER_DEPS} PRIVATE blondel_warnings)
  target_compile_options(blondel_${name} PRIVATE ${LAYER_OPTIONS})
endfunction()

# blondel_test(<name> SOURCES <files...> DEPS <layers...> [LABELS <labels...>])
#
# One Catch2 program; each TEST_CASE becomes a ctest entry. Label `fast` unless another is given.
function(blondel_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT TEST_LABELS)
    set(TEST_LABELS fast)
  endif()
  add_executable(${name} ${TEST_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE blondel_test_main ${TEST_DEPS} blondel_warnings)
  target_compile_definitions(${name} PRIVATE BLONDEL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  catch_discover_tests(${name} PROPERTIES LABELS "${TEST_LABELS}" SKIP_RETURN_CODE 4)
endfunction()

# blondel_fuzzer(<name> SOURCE <file> DEPS <layers...>): one libFuzzer target.
function(blondel_fuzzer name)
  cmake_parse_arguments(FUZZ "" "SOURCE" "DEPS" ${ARGN})
  add_executable(${name} ${FUZZ_SOURCE})
  target_link_libraries(${name} PRIVATE ${FUZZ_DEPS} blondel_warnings)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()
