# docs/registers.md must be what the catalogue says.
# usage: cmake -DPROGRAM=blondel -DCOMMITTED=docs/registers.md -P check_registers.cmake
execute_process(COMMAND ${PROGRAM} registers --markdown OUTPUT_VARIABLE said RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} registers --markdown failed: ${result}")
endif()
file(READ ${COMMITTED} committed)
if(NOT said STREQUAL committed)
  message(FATAL_ERROR "${COMMITTED} is not what the catalogue says; run ./dev docs")
endif()
