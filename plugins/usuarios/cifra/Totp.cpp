#include "Totp.h"

#include "Huella.h"
#include "text/Base64Url.h"

#include <qrencode.h>

#include <memory>
#include <new>

namespace usuarios
{

namespace
{

constexpr std::int64_t kStepUs = 30'000'000;
constexpr std::uint32_t kCodes = 1'000'000;
constexpr int kQuietModules = 4;

/// Whether two texts are equal, in a time that tells nothing of where they differ.
bool areEqual(std::string_view a, std::string_view b) noexcept
{
    if (a.size() != b.size()) return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
    return difference == 0;
}

std::string percentEncoded(std::string_view text)
{
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text)
    {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                             c == '-' || c == '_';
        if (isPlain)
            out += c;
        else
            out.append({'%', kHex[static_cast<unsigned char>(c) >> 4], kHex[c & 15]});
    }
    return out;
}

} // namespace

std::int64_t totpStep(std::int64_t timeUs) noexcept { return timeUs / kStepUs; }

std::string totpCode(std::string_view secret, std::int64_t step)
{
    std::string counter(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) counter[7 - i] = static_cast<char>(step >> (8 * i) & 0xFF);
    const auto mac = hmacSha1(secret, counter);
    const auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(mac[i])); };
    const std::size_t offset = at(mac.size() - 1) & 15;
    const auto number =
        ((at(offset) & 0x7F) << 24 | at(offset + 1) << 16 | at(offset + 2) << 8 | at(offset + 3)) % kCodes;
    auto digits = std::to_string(number);
    return std::string(6 - digits.size(), '0') + digits;
}

std::optional<std::int64_t> matchTotp(std::string_view secret, std::string_view code, std::int64_t nowUs,
                                      std::int64_t used)
{
    std::optional<std::int64_t> out;
    const auto now = totpStep(nowUs);
    for (auto step = now - 1; step <= now + 1; ++step)
        if (areEqual(totpCode(secret, step), code) && step > used) out = step;
    return out;
}

std::string totpUri(std::string_view secret, std::string_view shop, std::string_view correo)
{
    return "otpauth://totp/" + percentEncoded(shop) + ":" + percentEncoded(correo) + "?secret=" + base32(secret) +
           "&issuer=" + percentEncoded(shop) + "&algorithm=SHA1&digits=6&period=30";
}

std::string qrSvg(const std::string& text)
{
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M),
                                                          &QRcode_free);
    if (!code) throw std::bad_alloc();
    const auto width = std::to_string(code->width + 2 * kQuietModules);
    std::string path;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            if ((code->data[y * code->width + x] & 1) != 0)
                path += "M" + std::to_string(x + kQuietModules) + " " + std::to_string(y + kQuietModules) + "h1v1h-1z";
    return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + width + ' ' + width +
           R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + width + 'v' + width + 'H' +
           "0z\"/><path d=\"" + path + "\"/></svg>";
}

} // namespace usuarios
