#pragma once

#include "zoco/Result.h"

#include <string>

namespace zoco::host
{

/// Asks the serving process of the same data.dir over its Unix socket. One thread.
class SocketClient
{
public:
    explicit SocketClient(std::string path) : _path(std::move(path)) {}

    /// Whether a process answers there.
    bool isServing() const;

    struct Answer
    {
        int status;
        std::string body;
    };
    /// The problem says that nobody answers.
    Result<Answer> request(const std::string& method, const std::string& path, const std::string& jsonBody = {}) const;

private:
    std::string _path;
};

} // namespace zoco::host
