#include "host/transport/ParserHarness.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

using namespace zoco::host::test;

namespace
{

void expectSame(const Outcome& whole, Outcome cut, const char* how)
{
    if (cut.status == 0) cut.unread = whole.unread; // a chunked body that has begun is decoded as it comes
    if (cut == whole) return;
    std::fprintf(stderr, "%s\n%s\n\nat once\n%s\n", how, cut.text().c_str(), whole.text().c_str());
    std::abort();
}

} // namespace

/// The first byte chooses the limits and where the stream is cut; the rest is the stream. However it is cut, the
/// outcome must be the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2) return 0;
    HarnessSettings settings;
    if ((data[0] & 1) != 0) settings.limits = {64, 128, 4, 16, 24, 48, 2};
    if ((data[0] & 2) != 0) settings.bodyLimit = 8;
    const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = parseWhole(stream, settings);

    std::vector<std::size_t> everywhere;
    std::vector<std::size_t> somewhere;
    std::uint32_t random = data[0] * 2654435761u + 1;
    for (std::size_t cut = 1; cut < stream.size(); ++cut)
    {
        everywhere.push_back(cut);
        random = random * 1664525u + 1013904223u;
        if (random >> 29 == 0) somewhere.push_back(cut);
    }
    expectSame(whole, parseInPieces(stream, everywhere, settings), "byte by byte");
    expectSame(whole, parseInPieces(stream, somewhere, settings), "in pieces");
    return 0;
}
