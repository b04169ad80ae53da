# Language level, warnings and sanitizers for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT BLONDEL_FIRMWARE)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(BLONDEL_CCACHE ccache)
if(BLONDEL_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${BLONDEL_CCACHE})
endif()

# Determinism: a fused multiply-add changes an oscillator enough to break bit-equality between machines.
add_compile_options(-ffp-contract=off)

add_library(blondel_warnings INTERFACE)
target_compile_options(blondel_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  # GCC 12 reports string concatenation at -O3 as overlapping copies (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${BLONDEL_WERROR}>:-Werror>)

if(BLONDEL_SANITIZE)
  add_compile_options(-fsanitize=${BLONDEL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${BLONDEL_SANITIZE})
endif()
if(BLONDEL_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
