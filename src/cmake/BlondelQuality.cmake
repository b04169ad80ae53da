# format, format-check, tidy: clang tools, pinned to major version 14.
find_program(CLANG_FORMAT NAMES clang-format-14 clang-format)
find_program(CLANG_TIDY NAMES clang-tidy-14 clang-tidy)
file(GLOB_RECURSE BLONDEL_ALL_SOURCES CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/*.cpp ${PROJECT_SOURCE_DIR}/src/*.hpp ${PROJECT_SOURCE_DIR}/include/*.hpp
  ${PROJECT_SOURCE_DIR}/tests/*.cpp ${PROJECT_SOURCE_DIR}/tests/*.hpp ${PROJECT_SOURCE_DIR}/bench/*.cpp)
if(CLANG_FORMAT)
  add_custom_target(format COMMAND ${CLANG_FORMAT} -i ${BLONDEL_ALL_SOURCES} VERBATIM)
  add_custom_target(format-check COMMAND ${CLANG_FORMAT} --dry-run --Werror ${BLONDEL_ALL_SOURCES} VERBATIM)
endif()
if(CLANG_TIDY)
  file(GLOB_RECURSE BLONDEL_TIDY_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*.cpp)
  add_custom_target(tidy COMMAND ${CLANG_TIDY} --quiet -p ${PROJECT_BINARY_DIR} ${BLONDEL_TIDY_SOURCES} VERBATIM)
endif()
