#pragma once

#include "support/HostProcess.h"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>

namespace zoco::test
{

/// What a process holds.
struct Footprint
{
    std::size_t threads = 0;
    std::size_t descriptors = 0;
    std::size_t residentKb = 0;
    std::size_t codeKb = 0; ///< mapped from private copies of plugins

    static Footprint of(const HostProcess& host)
    {
        const auto proc = "/proc/" + std::to_string(host.pid());
        Footprint out;
        out.threads = count(proc + "/task");
        out.descriptors = count(proc + "/fd");
        std::ifstream status(proc + "/status");
        for (std::string line; std::getline(status, line);)
            if (line.starts_with("VmRSS:")) out.residentKb = std::stoul(line.substr(6));
        std::ifstream maps(proc + "/maps");
        for (std::string line; std::getline(maps, line);)
            if (line.find(host.dataDir() + "/") != std::string::npos && line.find(".so") != std::string::npos)
                out.codeKb += size(line) / 1024;
        return out;
    }

    /// AddressSanitizer keeps freed memory for a while.
    bool isMemoryFlatSince(const Footprint& before) const
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        return before.residentKb > 0 && residentKb > 0;
#else
        return residentKb <= before.residentKb + 2048;
#endif
    }

private:
    static std::size_t count(const std::string& folder)
    {
        std::size_t out = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) out += entry.path().empty() ? 0 : 1;
        return out;
    }
    static std::size_t size(const std::string& line)
    {
        std::size_t end = 0;
        const auto from = std::stoul(line, &end, 16);
        return std::stoul(line.substr(end + 1), nullptr, 16) - from;
    }
};

} // namespace zoco::test
