#pragma once

#include "Request.h"
#include "Response.h"
#include "core/UniqueFd.h"

#include <sys/stat.h>

#include <optional>
#include <string>

namespace zoco::host
{

/// Serves the files of one folder at "/" and "/FrontEnd": conditional requests, one range, precompressed neighbours
/// (name.br, name.gz), sendfile. Nothing outside the folder can be reached (openat2, RESOLVE_BENEATH), nor a name that
/// starts with a dot. Reads through the page cache, so it may run in the loop. [any-thread]
class StaticFiles
{
public:
    /// Throws std::system_error when the folder cannot be opened.
    explicit StaticFiles(const std::string& root);

    /// The answer, or nothing when there is no such file. For a path without ending, "<path>.html" counts too, and for
    /// a folder its index.html. A missing page is answered with 404.html where the client accepts HTML.
    std::optional<Response> serve(const Request& request) const;

private:
    struct File
    {
        UniqueFd fd;
        struct stat info;
        std::string name;
        std::string_view encoding;
    };

    std::optional<File> open(const std::string& name) const;
    std::optional<File> find(const std::string& path) const;
    std::optional<File> compressed(const std::string& name, std::string_view accepted) const;
    Response answer(const Request& request, File file, int status) const;

    UniqueFd _root;
};

} // namespace zoco::host
