#include "Paquete.h"

#include <Poco/DateTime.h>
#include <Poco/Zip/Compress.h>

#include <sstream>

namespace usuarios
{

std::string zipOf(const std::vector<std::pair<std::string, std::string>>& files)
{
    std::ostringstream out;
    Poco::Zip::Compress zip(out, true);
    for (const auto& [name, content] : files)
    {
        std::istringstream in(content);
        zip.addFile(in, Poco::DateTime(), Poco::Path(name, Poco::Path::PATH_UNIX));
    }
    zip.close();
    return out.str();
}

} // namespace usuarios
