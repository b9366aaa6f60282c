#include "StaticFiles.h"

#include "HttpDate.h"
#include "MimeTypes.h"
#include "zoco/Http.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <system_error>

namespace zoco::host
{

namespace
{

constexpr std::string_view kFrontEnd = "/FrontEnd";

/// The name below the root, or nothing when the path may not be served.
std::optional<std::string> safeName(std::string_view path)
{
    if (path == kFrontEnd || path.starts_with("/FrontEnd/")) path.remove_prefix(kFrontEnd.size());
    for (auto at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1))
    {
        const auto code = path.substr(at + 1, 2);
        if (code == "2f" || code == "2F" || code == "5c" || code == "5C" || code == "00") return std::nullopt;
    }
    auto name = zoco::percentDecode(path);
    while (!name.empty() && name[0] == '/') name.erase(0, 1);
    if (name.find('\0') != std::string::npos || name.find('\\') != std::string::npos) return std::nullopt;
    if (name.starts_with('.') || name.find("/.") != std::string::npos) return std::nullopt;
    return name;
}

struct Range
{
    std::int64_t first;
    std::int64_t size;
};

enum class RangeKind
{
    None = 1, ///< absent, or not one we serve: the whole file
    One,
    Unsatisfiable
};

bool parseNumber(std::string_view text, std::int64_t& out)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() && text[0] != '-';
}

/// RFC 9110 14.1: "bytes=a-b", "bytes=a-", "bytes=-n"; several ranges count as none.
RangeKind parseRange(std::string_view header, std::int64_t size, Range& out)
{
    if (!equalsIgnoreCase(header.substr(0, 6), "bytes=") || header.find(',') != std::string_view::npos)
        return RangeKind::None;
    header.remove_prefix(6);
    const auto dash = header.find('-');
    if (dash == std::string_view::npos) return RangeKind::None;
    const auto from = header.substr(0, dash);
    const auto to = header.substr(dash + 1);
    std::int64_t first = 0;
    std::int64_t last = size - 1;
    if (from.empty())
    {
        std::int64_t suffix = 0;
        if (!parseNumber(to, suffix)) return RangeKind::None;
        if (suffix == 0 || size == 0) return RangeKind::Unsatisfiable;
        first = std::max<std::int64_t>(0, size - suffix);
    }
    else
    {
        if (!parseNumber(from, first) || (!to.empty() && !parseNumber(to, last))) return RangeKind::None;
        if (!to.empty() && last < first) return RangeKind::None;
        if (first >= size) return RangeKind::Unsatisfiable;
        last = std::min(last, size - 1);
    }
    out = {first, last - first + 1};
    return RangeKind::One;
}

std::string entityTag(const struct stat& info, std::string_view encoding)
{
    char buffer[64];
    auto* at = buffer;
    *at++ = '"';
    at = std::to_chars(at, buffer + sizeof buffer,
                       static_cast<std::uint64_t>(info.st_mtim.tv_sec) * 1'000'000'000u +
                           static_cast<std::uint64_t>(info.st_mtim.tv_nsec),
                       16)
             .ptr;
    *at++ = '-';
    at = std::to_chars(at, buffer + sizeof buffer, info.st_size, 16).ptr;
    std::string tag(buffer, at);
    if (!encoding.empty()) tag += "-" + std::string(encoding);
    return tag + '"';
}

/// If-None-Match (weak comparison) wins over If-Modified-Since (RFC 9110 13.2.2).
bool isUnchanged(const Request& request, const std::string& tag, std::time_t modified)
{
    const auto tags = request.header("If-None-Match");
    if (!tags.empty()) return tags == "*" || tags.find(tag) != std::string_view::npos;
    const auto since = parseHttpDate(request.header("If-Modified-Since"));
    return since && modified <= *since;
}

/// Whether the coding is in Accept-Encoding and not refused by q=0.
bool accepts(std::string_view header, std::string_view coding)
{
    while (!header.empty())
    {
        const auto end = std::min(header.find(','), header.size());
        auto item = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        while (item.starts_with(' ')) item.remove_prefix(1);
        const auto name = item.substr(0, item.find_first_of("; "));
        const auto q = item.find("q=0");
        const bool isRefused =
            q != std::string_view::npos && item.find_first_of("123456789", q + 2) == std::string_view::npos;
        if (equalsIgnoreCase(name, coding)) return !isRefused;
    }
    return false;
}

/// Pages, their scripts and styles belong together: a browser asks each time (and gets a 304), so that after an upgrade
/// no new page runs with old modules. Pictures and fonts may be a little old.
std::string_view cachePolicy(std::string_view type)
{
    const bool isPart = type.starts_with("text/") || type.starts_with("application/json");
    return isPart ? "no-cache" : "public, max-age=3600";
}

} // namespace

StaticFiles::StaticFiles(const std::string& root) : _root(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC))
{
    if (!_root) throw std::system_error(errno, std::generic_category(), "web.root " + root);
}

std::optional<StaticFiles::File> StaticFiles::open(const std::string& name) const
{
    open_how how{};
    how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    File file{UniqueFd(static_cast<int>(
                  syscall(SYS_openat2, _root.get(), name.empty() ? "." : name.c_str(), &how, sizeof how))),
              {},
              name,
              {}};
    if (!file.fd || fstat(file.fd.get(), &file.info) != 0) return std::nullopt;
    return file;
}

std::optional<StaticFiles::File> StaticFiles::find(const std::string& path) const
{
    auto file = open(path);
    if (file && S_ISDIR(file->info.st_mode))
        file = open(path.empty() || path.back() == '/' ? path + "index.html" : path + "/index.html");
    const bool hasEnding =
        path.find('.', path.rfind('/') == std::string::npos ? 0 : path.rfind('/')) != std::string::npos;
    if (!file && !hasEnding && !path.empty() && path.back() != '/') file = open(path + ".html");
    if (file && !S_ISREG(file->info.st_mode)) return std::nullopt;
    return file;
}

std::optional<StaticFiles::File> StaticFiles::compressed(const std::string& name, std::string_view accepted) const
{
    static constexpr std::pair<std::string_view, std::string_view> kCodings[] = {{"br", ".br"}, {"gzip", ".gz"}};
    for (const auto& [coding, ending] : kCodings)
    {
        if (!accepts(accepted, coding)) continue;
        auto file = open(name + std::string(ending));
        if (!file || !S_ISREG(file->info.st_mode)) continue;
        file->name = name;
        file->encoding = coding;
        return file;
    }
    return std::nullopt;
}

std::optional<Response> StaticFiles::serve(const Request& request) const
{
    const auto name = safeName(request.path);
    auto file = name ? find(*name) : std::nullopt;
    if (file) return answer(request, std::move(*file), 200);
    if (request.header("Accept").find("text/html") == std::string_view::npos) return std::nullopt;
    file = open("404.html");
    if (!file) return std::nullopt;
    return answer(request, std::move(*file), 404);
}

Response StaticFiles::answer(const Request& request, File file, int status) const
{
    if (const auto accepted = request.header("Accept-Encoding"); !accepted.empty())
        if (auto smaller = compressed(file.name, accepted)) file = std::move(*smaller);

    Response response;
    response.status = status;
    const auto type = mimeType(file.name);
    const auto tag = entityTag(file.info, file.encoding);
    response.addHeader("Content-Type", type);
    response.addHeader("Cache-Control", status == 200 ? cachePolicy(type) : "no-store");
    response.addHeader("Vary", "Accept-Encoding");
    if (!file.encoding.empty()) response.addHeader("Content-Encoding", file.encoding);
    if (status == 200)
    {
        response.addHeader("ETag", tag);
        response.addHeader("Last-Modified", formatHttpDate(file.info.st_mtim.tv_sec));
        response.addHeader("Accept-Ranges", "bytes");
        if (isUnchanged(request, tag, file.info.st_mtim.tv_sec))
        {
            response.status = 304;
            return response;
        }
    }

    Range range{0, file.info.st_size};
    const auto condition = request.header("If-Range");
    const bool mayBePart = status == 200 && request.method == "GET" && (condition.empty() || condition == tag);
    const auto kind = mayBePart ? parseRange(request.header("Range"), file.info.st_size, range) : RangeKind::None;
    if (kind == RangeKind::Unsatisfiable)
    {
        response.status = 416;
        response.addHeader("Content-Range", "bytes */" + std::to_string(file.info.st_size));
        return response;
    }
    if (kind == RangeKind::One)
    {
        response.status = 206;
        response.addHeader("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                                std::to_string(range.first + range.size - 1) + "/" +
                                                std::to_string(file.info.st_size));
    }
    response.body = Body::file(file.fd.release(), range.first, range.size);
    return response;
}

} // namespace zoco::host
