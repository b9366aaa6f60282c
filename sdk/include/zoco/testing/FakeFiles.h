#pragma once

#include "zoco/Problem.h"
#include "zoco/abi/files.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace zoco::testing
{

/// zoco.files/1 with a temporary folder, made at the first use and removed with everything in it at the end.
class FakeFiles
{
public:
    FakeFiles() : _table{sizeof(zoco_files), this, &folderOf} {}
    ~FakeFiles()
    {
        std::error_code ignored;
        if (!_folder.empty()) std::filesystem::remove_all(_folder, ignored);
    }
    FakeFiles(const FakeFiles&) = delete;
    FakeFiles& operator=(const FakeFiles&) = delete;

    const zoco_files* raw() const noexcept { return &_table; }

    const std::string& folder()
    {
        if (!_folder.empty()) return _folder;
        auto pattern = (std::filesystem::temp_directory_path() / "zoco-files-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        return _folder = pattern;
    }

private:
    static zoco_str folderOf(void* self) { return str(static_cast<FakeFiles*>(self)->folder()); }

    zoco_files _table;
    std::string _folder;
};

} // namespace zoco::testing
