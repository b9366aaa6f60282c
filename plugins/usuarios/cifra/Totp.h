#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// The step of RFC 6238 that a time (microseconds UTC) is in: 30 seconds each.
std::int64_t totpStep(std::int64_t timeUs) noexcept;

/// The six digits of a step.
std::string totpCode(std::string_view secret, std::int64_t step);

/// The step whose code this is: the present one, the one before or the one after, and later than `used`, so that a code
/// counts once. Looks at all of them, whatever it finds.
std::optional<std::int64_t> matchTotp(std::string_view secret, std::string_view code, std::int64_t nowUs,
                                      std::int64_t used);

/// For an authenticator's app: otpauth://totp/…
std::string totpUri(std::string_view secret, std::string_view shop, std::string_view correo);

/// A QR code as SVG, black on white, a module a unit wide.
std::string qrSvg(const std::string& text);

} // namespace usuarios
