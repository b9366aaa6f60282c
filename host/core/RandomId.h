#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace zoco::host
{

/// Fast random bits for request and trace ids: unique, but no secret. Seeded from the kernel, one state per thread.
std::uint64_t randomBits() noexcept;

/// Fills `out` with lower-case base32 characters, 5 random bits each.
void randomBase32(char* out, std::size_t size) noexcept;

/// Fills `out` with lower-case hexadecimal characters.
void randomHex(char* out, std::size_t size) noexcept;
/// The same as a text of its own.
std::string randomHex(std::size_t size);

} // namespace zoco::host
