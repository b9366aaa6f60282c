#pragma once

#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <iterator>
#include <map>
#include <sstream>
#include <string>

namespace zoco::test
{

/// The files of a ZIP archive, by name.
inline std::map<std::string, std::string> filesOf(const std::string& archive)
{
    std::istringstream in(archive);
    const Poco::Zip::ZipArchive zip(in);
    std::map<std::string, std::string> out;
    for (auto at = zip.headerBegin(); at != zip.headerEnd(); ++at)
    {
        std::istringstream again(archive);
        Poco::Zip::ZipInputStream file(again, at->second);
        out[at->first] = {std::istreambuf_iterator<char>(file), {}};
    }
    return out;
}

} // namespace zoco::test
