#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace zoco::host
{

/// SHA-256 of bytes that come piece by piece. One thread.
class Sha256
{
public:
    Sha256();
    void add(std::string_view bytes);
    /// 64 hexadecimal digits; nothing is added afterwards.
    std::string hex();

    static std::string of(std::string_view bytes);

private:
    struct Free
    {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_md_ctx_st, Free> _context;
};

} // namespace zoco::host
