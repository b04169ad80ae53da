# Builds tier_registers with another compiler and compares what it prints with this build's.
# cmake -DSOURCE=<tree> -DBUILD=<folder> -DCOMPILER=<c++> -DHERE=<tier_registers> -P check_compilers.cmake
set(program ${BUILD}/tests/differential/tier_registers)
foreach(step IN ITEMS
    "${CMAKE_COMMAND};-S;${SOURCE};-B;${BUILD};-G;Ninja;-DCMAKE_BUILD_TYPE=Release;-DCMAKE_CXX_COMPILER=${COMPILER}"
    "${CMAKE_COMMAND};--build;${BUILD};--target;tier_registers;-j;2")
  execute_process(COMMAND ${step} OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "${COMPILER}: ${said}")
  endif()
endforeach()
execute_process(COMMAND ${HERE} OUTPUT_VARIABLE here COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${program} OUTPUT_VARIABLE there COMMAND_ERROR_IS_FATAL ANY)
if(NOT here MATCHES "waveform" OR NOT here STREQUAL there)
  message(FATAL_ERROR "registers differ\nthis compiler:\n${here}\n${COMPILER}:\n${there}")
endif()
