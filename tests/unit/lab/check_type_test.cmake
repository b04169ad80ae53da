# docs/type-test.md must be what the plan says.
# usage: cmake -DPROGRAM=print_plan -DCOMMITTED=docs/type-test.md -P check_type_test.cmake
execute_process(COMMAND ${PROGRAM} --markdown OUTPUT_VARIABLE said RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} --markdown failed: ${result}")
endif()
if(NOT EXISTS ${COMMITTED})
  message(FATAL_ERROR "${COMMITTED} is missing; write it with ${PROGRAM} --markdown")
endif()
file(READ ${COMMITTED} committed)
if(NOT said STREQUAL committed)
  message(FATAL_ERROR "${COMMITTED} is not what the plan says; write it anew with ${PROGRAM} --markdown")
endif()
