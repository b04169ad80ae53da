# The host's package would put all of the host's headers before the controller's: only the one header comes along.
find_file(BLONDEL_TL_EXPECTED tl/expected.hpp HINTS /usr/include /usr/local/include REQUIRED)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/headers/tl)
file(CREATE_LINK ${BLONDEL_TL_EXPECTED} ${PROJECT_BINARY_DIR}/headers/tl/expected.hpp COPY_ON_ERROR SYMBOLIC)
add_library(tl::expected INTERFACE IMPORTED)
target_include_directories(tl::expected INTERFACE ${PROJECT_BINARY_DIR}/headers)
