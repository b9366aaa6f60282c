#include "RandomId.h"

#include <sys/random.h>

#include <chrono>

namespace zoco::host
{

namespace
{

/// wyrand (Wang Yi, public domain algorithm): one multiplication per 64 bits.
struct State
{
    std::uint64_t seed = 0;

    State() noexcept
    {
        if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
            seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    }

    std::uint64_t next() noexcept
    {
        __extension__ using Wide = unsigned __int128;
        seed += 0xa0761d6478bd642full;
        const auto product = static_cast<Wide>(seed) * (seed ^ 0xe7037ed1a0b428dbull);
        return static_cast<std::uint64_t>(product >> 64) ^ static_cast<std::uint64_t>(product);
    }
};

} // namespace

std::uint64_t randomBits() noexcept
{
    static thread_local State state;
    return state.next();
}

void randomBase32(char* out, std::size_t size) noexcept
{
    static constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    for (std::size_t i = 0; i < size;)
    {
        auto bits = randomBits();
        for (int k = 0; k < 12 && i < size; ++k, ++i, bits >>= 5) out[i] = kDigits[bits & 31];
    }
}

void randomHex(char* out, std::size_t size) noexcept
{
    static constexpr char kDigits[] = "0123456789abcdef";
    for (std::size_t i = 0; i < size;)
    {
        auto bits = randomBits();
        for (int k = 0; k < 16 && i < size; ++k, ++i, bits >>= 4) out[i] = kDigits[bits & 15];
    }
}

std::string randomHex(std::size_t size)
{
    std::string out(size, '0');
    randomHex(out.data(), out.size());
    return out;
}

} // namespace zoco::host
