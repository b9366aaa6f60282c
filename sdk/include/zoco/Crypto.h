#pragma once

#include "Log.h"
#include "Result.h"
#include "detail/Barrier.h"
#include "zoco/abi/crypto.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace zoco
{

/// How far a rotator has come. A value.
struct RotationPage
{
    std::string cursor;      ///< where the next page begins; at most 1024 bytes
    std::uint64_t done = 0;  ///< rows seen since the first page; 0: not known
    std::uint64_t total = 0; ///< rows in all, roughly; 0: not known
    bool isOver = false;     ///< there is no further page
};

/// Encryption of fields under the host's keys (zoco/abi/crypto.h). Lives as long as the plugin. [any-thread] but for
/// `onRotate`.
class Crypto
{
public:
    /// Seals again what it finds under another key, from `cursor` on; empty: from the beginning.
    using Rotator = std::function<RotationPage(std::string_view cursor)>;

    Crypto(const zoco_crypto* table, Log log) noexcept : _table(table), _log(log) {}
    Crypto(const Crypto&) = delete;
    Crypto& operator=(const Crypto&) = delete;

    /// AES-256-GCM under the active key; for a BLOB column. `context` says where it lies, such as "usuarios.correo:"
    /// and the row's id, and is needed to open it. Throws ProblemException when the system has no random bytes.
    std::string seal(std::string_view plain, std::string_view context) const
    {
        return filled(plain.size() + kRoom, [&](char* out, std::size_t room, std::size_t* size)
                      { return _table->seal(_table->self, bytes(plain), str(context), out, room, size); })
            .value();
    }

    /// What was sealed. Another context, another key or a changed bit: a Problem, whose `code` is ZOCO_E_UNSUPPORTED
    /// when the ring lacks the key.
    Result<std::string> open(std::string_view sealed, std::string_view context) const
    {
        return filled(sealed.size(), [&](char* out, std::size_t room, std::size_t* size)
                      { return _table->open(_table->self, bytes(sealed), str(context), out, room, size); });
    }

    /// Whether it was sealed under the active key, so that a rotator leaves it alone.
    bool isCurrent(std::string_view sealed) const noexcept
    {
        return _table->is_current(_table->self, bytes(sealed)) != 0;
    }

    /// 16 bytes to find a value by, the same for the same value and purpose. The caller normalises the value.
    std::string blindIndex(std::string_view purpose, std::string_view value) const
    {
        std::string out(ZOCO_BLIND_INDEX_SIZE, '\0');
        check(_table->blind_index(_table->self, str(purpose), bytes(value), out.data()));
        return out;
    }

    /// Bytes that nobody can guess.
    std::string random(std::size_t size) const
    {
        std::string out(size, '\0');
        check(_table->random(_table->self, out.data(), size));
        return out;
    }

    /// Registers what seals the plugin's rows again, page by page, when the active key changes. What it throws is
    /// logged, and the page is asked for again later. `name`: [a-z][a-z0-9-]*. [lifecycle, in init]
    void onRotate(const char* name, Rotator rotator)
    {
        _bound.push_back({std::move(rotator), _log, name});
        const zoco_rotator raw{sizeof(zoco_rotator), name, &trampoline, &_bound.back()};
        const auto status = _table->on_rotate(_table->self, &raw);
        if (status != ZOCO_OK)
            throw ProblemException(
                {500, "bad-rotator", "The host refused the rotator " + std::string(name), "", {}, status});
    }

private:
    struct Bound
    {
        Rotator rotator;
        Log log;
        std::string name;
    };

    static constexpr std::size_t kRoom = 33; ///< that sealing adds, as we know it

    static zoco_bytes bytes(std::string_view text) noexcept { return {text.data(), text.size()}; }
    static Problem problem(zoco_status status) { return {500, "internal", "Internal error", "", {}, status}; }
    static void check(zoco_status status)
    {
        if (status < 0) throw ProblemException(problem(status));
    }

    /// Runs `fill` on a buffer, once more when it wants a larger one.
    template <class Fill>
    static Result<std::string> filled(std::size_t room, Fill&& fill)
    {
        std::string out(room, '\0');
        std::size_t size = 0;
        auto status = fill(out.data(), out.size(), &size);
        if (status == ZOCO_E_INVALID && size > out.size())
        {
            out.resize(size);
            status = fill(out.data(), out.size(), &size);
        }
        if (status < 0) return problem(status);
        out.resize(size);
        return out;
    }

    static zoco_status trampoline(void* ctx, zoco_bytes cursor, zoco_rotation* out)
    {
        const auto& bound = *static_cast<const Bound*>(ctx);
        return detail::barrier(
            [&]
            {
                auto page = bound.rotator(view(cursor));
                out->is_over = page.isOver ? 1 : 0;
                out->done = page.done;
                out->total = page.total;
                auto* kept = new std::string(std::move(page.cursor));
                out->cursor = {kept->data(), kept->size(), [](void* s) { delete static_cast<std::string*>(s); }, kept};
                return ZOCO_OK;
            },
            [&](const char* what, const Problem*) {
                bound.log.error("a rotator threw", {{"rotator", bound.name}, {"what", what}});
            });
    }

    const zoco_crypto* _table;
    Log _log;
    std::deque<Bound> _bound;
};

/// Whether two secrets are the same, in a time that does not tell where they differ; their lengths are no secret.
inline bool equalInConstantTime(std::string_view a, std::string_view b) noexcept
{
    if (a.size() != b.size()) return false;
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(difference | (static_cast<unsigned char>(a[i] ^ b[i])));
    return difference == 0;
}

} // namespace zoco
