#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace
{

namespace fs = std::filesystem;

/// Host folders: each includes itself and what stands to its right.
constexpr std::array<std::string_view, 8> kLayers{"app",      "plugins", "placement", "transport",
                                                  "pipeline", "routing", "services",  "core"};

struct Include
{
    std::string file; ///< relative to the folder that was walked
    std::string path; ///< as written between quotes
};

std::vector<Include> quotedIncludes(const fs::path& root)
{
    std::vector<Include> out;
    for (const auto& entry : fs::recursive_directory_iterator(root))
    {
        const auto extension = entry.path().extension();
        if (extension != ".h" && extension != ".cpp" && extension != ".c") continue;
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);)
        {
            const auto open = line.find('"');
            if (!line.starts_with("#include") || open == std::string::npos) continue;
            const auto close = line.find('"', open + 1);
            out.push_back({fs::relative(entry.path(), root).string(), line.substr(open + 1, close - open - 1)});
        }
    }
    return out;
}

std::string firstFolder(const std::string& path)
{
    const auto slash = path.find('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

/// The include rules of the design: who may see whom.
class LayeringTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(LayeringTest);
    CPPUNIT_TEST(testHostFoldersIncludeOnlyToTheirRight);
    CPPUNIT_TEST(testSdkIncludesNothingOfOurs);
    CPPUNIT_TEST(testAbiIncludesOnlyItself);
    CPPUNIT_TEST(testPluginsIncludeOnlyTheSdkAndThemselves);
    CPPUNIT_TEST(testARuleBreakerIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void testHostFoldersIncludeOnlyToTheirRight()
    {
        const fs::path host = ZOCO_SOURCE_DIR "/host";
        const auto includes = quotedIncludes(host);
        CPPUNIT_ASSERT(includes.size() > 50);
        for (const auto& i : includes) CPPUNIT_ASSERT_MESSAGE(i.file + " includes " + i.path, mayHostInclude(host, i));
    }

    void testSdkIncludesNothingOfOurs()
    {
        const fs::path sdk = ZOCO_SOURCE_DIR "/sdk/include/zoco";
        for (const auto& i : quotedIncludes(sdk))
        {
            const bool isOwn = i.path.starts_with("zoco/") ? fs::exists(sdk.parent_path() / i.path)
                                                           : fs::exists(sdk / fs::path(i.file).parent_path() / i.path);
            CPPUNIT_ASSERT_MESSAGE(i.file + " includes " + i.path, isOwn && i.path.find("..") == std::string::npos);
        }
    }

    void testAbiIncludesOnlyItself()
    {
        for (const auto& i : quotedIncludes(ZOCO_SOURCE_DIR "/sdk/include/zoco/abi"))
            CPPUNIT_ASSERT_MESSAGE(i.file + " includes " + i.path, firstFolder(i.path).empty());
    }

    void testPluginsIncludeOnlyTheSdkAndThemselves()
    {
        for (const auto* folder : {"/plugins", "/sdk/example"})
            for (const auto& plugin : fs::directory_iterator(std::string(ZOCO_SOURCE_DIR) + folder))
                if (plugin.is_directory()) checkPlugin(plugin.path());
    }

    /// The rules themselves, on cases that must be refused.
    void testARuleBreakerIsFound()
    {
        const fs::path host = ZOCO_SOURCE_DIR "/host";
        CPPUNIT_ASSERT(!mayHostInclude(host, {"core/Log.h", "routing/Route.h"}));
        CPPUNIT_ASSERT(!mayHostInclude(host, {"pipeline/Call.h", "plugins/ElfInfo.h"}));
        CPPUNIT_ASSERT(!mayHostInclude(host, {"core/config/Config.h", "services/ServiceRegistry.h"}));
        CPPUNIT_ASSERT(!mayHostInclude(host, {"app/AdminApi.h", "../plugins/catalogo/X.h"}));
        CPPUNIT_ASSERT(mayHostInclude(host, {"app/AdminApi.h", "core/Log.h"}));
    }

private:
    static std::size_t layerOf(std::string_view folder)
    {
        return static_cast<std::size_t>(std::find(kLayers.begin(), kLayers.end(), folder) - kLayers.begin());
    }

    static bool mayHostInclude(const fs::path& host, const Include& i)
    {
        if (i.path.find("..") != std::string::npos) return false;
        if (i.path.starts_with("zoco/")) return fs::exists(host / "../sdk/include" / i.path);
        const auto own = firstFolder(i.file);
        if (own.empty()) return fs::exists(host / i.path); // main.cpp
        const auto beside = (host / fs::path(i.file).parent_path() / i.path).string();
        if (fs::exists(beside) || fs::exists(beside + ".in")) return true; // .in: made by the configuration
        const auto other = layerOf(firstFolder(i.path));
        return fs::exists(host / i.path) && other < kLayers.size() && layerOf(own) <= other;
    }

    static void checkPlugin(const fs::path& plugin)
    {
        for (const auto& i : quotedIncludes(plugin))
        {
            const bool isOfSdk = i.path.starts_with("zoco/");
            const bool isOwn =
                fs::exists(plugin / fs::path(i.file).parent_path() / i.path) || fs::exists(plugin / i.path);
            CPPUNIT_ASSERT_MESSAGE((plugin / i.file).string() + " includes " + i.path,
                                   (isOfSdk || isOwn) && i.path.find("..") == std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LayeringTest);

} // namespace
