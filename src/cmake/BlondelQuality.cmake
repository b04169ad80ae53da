# format, format-check, tidy: clang tools, pinned to major version 14. The file lists are made when they run.
find_program(CLANG_FORMAT NAMES clang-format-14 clang-format)
find_program(CLANG_TIDY NAMES clang-tidy-14 clang-tidy)
set(BLONDEL_FIND_SOURCES "find src include tests bench -name '*.cpp' -o -name '*.hpp'")
if(CLANG_FORMAT)
  add_custom_target(format
    COMMAND sh -c "${BLONDEL_FIND_SOURCES} | xargs ${CLANG_FORMAT} -i"
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
  add_custom_target(format-check
    COMMAND sh -c "${BLONDEL_FIND_SOURCES} | xargs ${CLANG_FORMAT} --dry-run --Werror"
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
endif()
if(CLANG_TIDY)
  add_custom_target(tidy
    COMMAND sh -c "find src -name '*.cpp' | xargs -n 8 -P 2 ${CLANG_TIDY} --quiet -p ${PROJECT_BINARY_DIR}"
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
endif()
