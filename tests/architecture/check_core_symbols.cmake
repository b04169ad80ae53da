# What the firmware's libraries call must be ours, or one of a few functions every C library has.
# usage: cmake -DNM=nm -DLIBRARY=libblondel_core.a -P check_core_symbols.cmake
execute_process(COMMAND ${NM} --undefined-only ${LIBRARY} OUTPUT_VARIABLE listing RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${NM} could not read ${LIBRARY}")
endif()

set(allowed
  "_ZN?K?7blondel.*"                # ours
  "mem(cpy|set|move|cmp|chr)"       # what compilers make of loops and copies
  "__cpu_model"                     # hosts choose a vector path by it; firmware builds have none
  "_GLOBAL_OFFSET_TABLE_|__stack_chk_fail|__tls_get_addr")
list(JOIN allowed "|" allowed)

string(REGEX MATCHALL " U [^\n]+" symbols "${listing}")
list(LENGTH symbols count)
if(count EQUAL 0)
  message(FATAL_ERROR "no symbols read from ${LIBRARY}: the check would prove nothing")
endif()
set(foreign)
foreach(symbol IN LISTS symbols)
  string(REPLACE " U " "" symbol "${symbol}")
  if(NOT symbol MATCHES "^(${allowed})$")
    list(APPEND foreign ${symbol})
  endif()
endforeach()
list(REMOVE_DUPLICATES foreign)
if(foreign)
  list(JOIN foreign "\n  " foreign)
  message(FATAL_ERROR "${LIBRARY} calls what a controller without heap, exceptions, files and floating point lacks:\n  ${foreign}")
endif()
message(STATUS "${LIBRARY}: ${count} references, none foreign")
