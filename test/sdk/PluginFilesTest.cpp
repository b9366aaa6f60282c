#include "ElfSymbols.h"

#include "plugins/ElfInfo.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace
{

using zoco::test::dynamicSymbols;

/// Paths of all plugins that the build made, as CMake wrote them down.
std::vector<std::string> pluginFiles()
{
    std::vector<std::string> out;
    std::ifstream in(ZOCO_PLUGIN_LIST);
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) out.push_back(line);
    return out;
}

bool isDatabase(const std::string& library)
{
    for (const auto* word : {"sqlite3", "mysql", "mariadb", "PocoData", "libpq", "odbc"})
        if (library.find(word) != std::string::npos) return true;
    return false;
}

/// Every built plugin, the examples among them, read as files.
class PluginFilesTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PluginFilesTest);
    CPPUNIT_TEST(testTheExamplesAreThere);
    CPPUNIT_TEST(testOnlyTheEntryIsExported);
    CPPUNIT_TEST(testOnlyGestorbbddNeedsADatabaseLibrary);
    CPPUNIT_TEST_SUITE_END();

public:
    void testTheExamplesAreThere()
    {
        std::string names;
        for (const auto& file : pluginFiles()) names += " " + std::filesystem::path(file).filename().string();
        for (const auto* name : {" hola.so", " hola-c.so", " lento.so", " poco-handler.so"})
            CPPUNIT_ASSERT_MESSAGE(names, names.find(name) != std::string::npos);
    }

    void testOnlyTheEntryIsExported()
    {
        for (const auto& file : pluginFiles())
        {
            std::string exported;
            for (const auto& symbol : dynamicSymbols(file))
            {
                CPPUNIT_ASSERT_MESSAGE(file + ": unique " + symbol.name, !symbol.isUnique);
                if (symbol.isDefined) exported += symbol.name + " ";
            }
            CPPUNIT_ASSERT_EQUAL_MESSAGE(file, std::string("zoco_entry "), exported);
        }
    }

    void testOnlyGestorbbddNeedsADatabaseLibrary()
    {
        for (const auto& file : pluginFiles())
        {
            if (std::filesystem::path(file).stem() == "gestorbbdd") continue;
            const auto info = zoco::host::ElfInfo::read(file);
            CPPUNIT_ASSERT_MESSAGE(file, info.ok() && !info->needed.empty());
            for (const auto& library : info->needed) CPPUNIT_ASSERT_MESSAGE(file + " " + library, !isDatabase(library));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginFilesTest);

} // namespace
