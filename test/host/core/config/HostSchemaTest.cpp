#include "core/config/HostSchema.h"
#include "core/config/ConfigLayers.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <map>
#include <sstream>

namespace zoco::host::test
{

/// etc/zoco.properties is what an operator reads first: it must say what the program really does.
class HostSchemaTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(HostSchemaTest);
    CPPUNIT_TEST(testExampleShowsEveryKeyWithItsDefaultAndHelp);
    CPPUNIT_TEST(testPluginExamplesShowEveryKeyOfTheirSchema);
    CPPUNIT_TEST(testExampleIsAValidConfiguration);
    CPPUNIT_TEST(testEveryKeyHasHelpAndDefault);
    CPPUNIT_TEST_SUITE_END();

    struct Shown
    {
        std::string value;
        std::string help;
    };

    /// Keys as the example shows them: "#key = value" below its comment of "# " lines.
    static std::map<std::string, Shown> shown(const std::string& file)
    {
        std::map<std::string, Shown> out;
        std::istringstream in(zoco::test::readFile(file));
        std::string help;
        for (std::string line; std::getline(in, line);)
        {
            if (line.starts_with("# "))
            {
                help += (help.empty() ? "" : "\n") + line.substr(2);
                continue;
            }
            const auto text = line.starts_with('#') ? line.substr(1) : line;
            const auto equals = text.find('=');
            if (!text.starts_with('#') && equals != std::string::npos)
            {
                const auto [at, isNew] =
                    out.emplace(trim(text.substr(0, equals)), Shown{std::string(trim(text.substr(equals + 1))), help});
                CPPUNIT_ASSERT_MESSAGE(at->first, isNew);
            }
            help.clear();
        }
        return out;
    }

    static void compare(const std::string& file, const ConfigSchema& schema)
    {
        auto example = shown(file);
        for (const auto& key : schema.keys())
        {
            if (key.isSecret && schema.find(key.name + "_file") != nullptr) continue; // shown by that key
            const auto name = key.isSecret ? key.name + "_file" : key.name;           // a secret never stands in a file
            const auto help = key.isSecret ? key.help +
                                                 "\nA secret: in the environment, or in a file that only its "
                                                 "owner reads, named by " +
                                                 name + "."
                                           : key.help;
            const auto found = example.find(name);
            CPPUNIT_ASSERT_MESSAGE(file + " lacks " + name, found != example.end());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, key.defaultText, found->second.value);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, help, found->second.help);
            example.erase(found);
        }
        CPPUNIT_ASSERT_MESSAGE(file + " has an unknown key", example.empty());
    }

public:
    void testExampleShowsEveryKeyWithItsDefaultAndHelp()
    {
        compare(ZOCO_SOURCE_DIR "/etc/zoco.properties", hostSchema());
    }

    void testPluginExamplesShowEveryKeyOfTheirSchema()
    {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(ZOCO_SOURCE_DIR "/etc/plugins.d"))
        {
            const auto id = entry.path().stem().string();
            ConfigErrors errors;
            auto text = "# Whether the plugin runs.\nenabled.type = bool\nenabled.default = true\n" +
                        zoco::test::readFile(ZOCO_SOURCE_DIR "/plugins/" + id + "/plugin.properties");
            for (const auto* key : {"placement", "memory_limit", "descriptors"})
            {
                const auto* common = pluginSchema().find(key);
                text += "\n# " + common->help + "\n" + key + ".default = " + common->defaultText + "\n";
            }
            compare(entry.path().string(), ConfigSchema::parse(text, id, errors));
            CPPUNIT_ASSERT(errors.empty());
            ++count;
        }
        CPPUNIT_ASSERT(count > 0);
    }

    void testExampleIsAValidConfiguration()
    {
        ConfigErrors errors;
        ConfigLayers layers({ZOCO_SOURCE_DIR "/etc/zoco.properties", {}, {}}, errors);
        layers.host(errors);
        layers.plugins({}, {}, errors);
        CPPUNIT_ASSERT_MESSAGE(errors.empty() ? "" : errors[0].text(), errors.empty());
    }

    void testEveryKeyHasHelpAndDefault()
    {
        for (const auto& key : hostSchema().keys())
        {
            CPPUNIT_ASSERT_MESSAGE(key.name, !key.help.empty());
            CPPUNIT_ASSERT_MESSAGE(key.name, key.hasDefault || key.isSecret);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HostSchemaTest);

} // namespace zoco::host::test
