#pragma once
/// The product of two finite complex numbers: the library's own looks for infinities first.

#include <complex>

namespace blondel {

[[nodiscard]] constexpr std::complex<double> product(std::complex<double> a, std::complex<double> b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

}  // namespace blondel
