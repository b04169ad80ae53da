# Toolchain: GCC for an Arm Cortex-M4 without its floating-point unit.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
# Nothing but our own link script makes a program.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
string(JOIN " " CMAKE_CXX_FLAGS_INIT
  -mcpu=cortex-m4 -mthumb -mfloat-abi=soft -mgeneral-regs-only -Wno-psabi
  -fno-exceptions -fno-rtti -ffunction-sections -fdata-sections -DBLONDEL_FIRMWARE)
