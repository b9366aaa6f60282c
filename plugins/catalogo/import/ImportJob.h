#pragma once

#include "CharStream.h"
#include "PictureFinder.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace catalogo
{

enum class ImportFormat
{
    Csv = 1,
    Tsv,
    Json
};

struct ImportFile
{
    std::string name; ///< as the operator wrote it, for messages
    ImportFormat format = ImportFormat::Csv;
    /// Opens it; throws std::system_error.
    std::function<std::unique_ptr<ByteSource>()> open;
};

/// One import: what, and how it is watched.
struct ImportJob
{
    std::vector<ImportFile> files;
    std::string moneda;                      ///< of prices that have none
    std::unique_ptr<PictureFinder> pictures; ///< null: pictures are not loaded
    bool isDryRun = false;
    std::function<void(std::uint64_t done, std::uint64_t total, std::string_view what)> onProgress =
        [](std::uint64_t, std::uint64_t, std::string_view) {};
    std::function<bool()> isCancelled = [] { return false; };
};

/// What became of it.
struct ImportReport
{
    enum class Outcome
    {
        Done = 1,
        Refused,   ///< the files have faults: nothing was changed
        Cancelled, ///< nothing was changed
        Failed,    ///< `faults` has the one reason; nothing was changed
        Unknown    ///< the disk failed at the end: all of it may be there, or nothing
    };
    struct Counts
    {
        std::uint64_t added = 0;
        std::uint64_t updated = 0;
        std::uint64_t unchanged = 0;
        std::uint64_t pictures = 0; ///< new in the store
    };

    Outcome outcome = Outcome::Done;
    Counts counts;
    std::vector<std::string> faults; ///< at most 21 lines
    std::vector<std::string> notes;  ///< what the operator should know although it is no fault

    bool isDone() const noexcept { return outcome == Outcome::Done; }
    std::string firstFault() const { return faults.empty() ? std::string("unknown reason") : faults.front(); }
};

} // namespace catalogo
