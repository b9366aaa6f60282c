#pragma once

#include "FileWork.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zoco::host
{

/// What a plugin put into a backup by its command `backup NAME`.
struct BackupPart
{
    std::string name;
    std::string plugin;
    std::string told; ///< what the command said of it, such as the engine
};

struct BackupFile
{
    std::string path; ///< relative to the backup
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// What a backup is made of: manifest.json in its folder, with its own SHA-256 in manifest.json.sha256. A value.
struct Manifest
{
    std::string version; ///< of the program that made it
    std::string time;    ///< RFC 3339, UTC
    std::vector<BackupPart> parts;
    std::vector<BackupFile> files;
    std::string id; ///< SHA-256 of its text; of one that was read or written

    /// Lists all files of the folder, makes them durable and writes it there. Throws as FileWork.
    void write(const std::string& folder);
    /// Reads it and compares every file with it. What is damaged, missing or too much goes to `faults`, a line each,
    /// and there is no manifest then. Throws as FileWork.
    static std::optional<Manifest> verify(const std::string& folder, std::vector<std::string>& faults);
};

} // namespace zoco::host
