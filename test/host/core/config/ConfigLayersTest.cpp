#include "core/config/ConfigLayers.h"
#include "core/config/HostSchema.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>

namespace zoco::host::test
{

namespace
{

constexpr const char* kSchema =
    "greeting.type = text\ngreeting.default = Hola\ncount.type = int\ncount.min = 1\n"
    "count.max = 9\ncount.default = 3\nratio.type = real\nratio.default = 0.5\n"
    "folder.type = path\npassword.secret = true\nowner.required = true\nowner.default = nobody\n";

ConfigSchema schema(const std::string& text = kSchema)
{
    ConfigErrors errors;
    auto out = ConfigSchema::parse(text, "schema", errors);
    CPPUNIT_ASSERT(errors.empty());
    return out;
}

} // namespace

class ConfigLayersTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ConfigLayersTest);
    CPPUNIT_TEST(testDefaultsWhenNothingIsSet);
    CPPUNIT_TEST(testHigherLayerWins);
    CPPUNIT_TEST(testUnknownKeyNamesPlaceAndNearestKey);
    CPPUNIT_TEST(testWrongValueNamesPlace);
    CPPUNIT_TEST(testMissingRequiredKey);
    CPPUNIT_TEST(testKeySetInTwoFiles);
    CPPUNIT_TEST(testRelativePathCountsFromItsFile);
    CPPUNIT_TEST(testSecretMayNotStandInAFile);
    CPPUNIT_TEST(testSecretFromItsFileOrTheEnvironment);
    CPPUNIT_TEST(testSecretOfTheEnvironmentWinsOverAFile);
    CPPUNIT_TEST(testUnusedVariablesAreTold);
    CPPUNIT_TEST(testPluginsThatRun);
    CPPUNIT_TEST(testPluginFilesOnlyByTheirName);
    CPPUNIT_TEST(testUnreadableFileIsAnError);
    CPPUNIT_TEST(testTypedValues);
    CPPUNIT_TEST(testAskingForAnUnknownKeyThrows);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;
    ConfigErrors _errors;

    ConfigLayers layers(const std::string& file, std::vector<std::pair<std::string, std::string>> defines = {},
                        std::map<std::string, std::string> environment = {})
    {
        return ConfigLayers({_folder.write("etc/zoco.properties", file), std::move(defines), std::move(environment)},
                            _errors);
    }
    std::string errorTexts() const
    {
        std::string out;
        for (const auto& e : _errors) out += e.text() + "\n";
        return out;
    }
    std::string oneError() const
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(errorTexts(), std::size_t(1), _errors.size());
        return _errors[0].text();
    }
    void assertNoErrors() const { CPPUNIT_ASSERT_EQUAL(std::string(), errorTexts()); }

public:
    void testDefaultsWhenNothingIsSet()
    {
        ConfigLayers none({}, _errors);
        const auto host = none.host(_errors);
        assertNoErrors();
        CPPUNIT_ASSERT_EQUAL(std::string("127.0.0.1:8080"), host.text("host.listen"));
        CPPUNIT_ASSERT(host.isDefault("host.listen"));
        CPPUNIT_ASSERT_EQUAL(std::filesystem::absolute("zoco-data").string(), host.text("data.dir"));
        CPPUNIT_ASSERT_EQUAL(std::string(), host.text("web.root"));
    }

    /// -D over the environment over data.dir/plugins.d over the file.
    void testHigherLayerWins()
    {
        const auto data = _folder.path("data");
        const std::vector<std::string> expected{"file", "operator", "environment", "define", "last define"};
        for (std::size_t layer = 0; layer < expected.size(); ++layer)
        {
            _folder.write("etc/plugins.d/hola.properties", "greeting = file\n");
            if (layer >= 1) _folder.write("data/plugins.d/hola.properties", "greeting = operator\n");
            std::map<std::string, std::string> environment;
            if (layer >= 2) environment["ZOCO_PLUGINS_HOLA_GREETING"] = "environment";
            std::vector<std::pair<std::string, std::string>> defines;
            if (layer >= 3) defines.emplace_back("plugins.hola.greeting", "define");
            if (layer >= 4) defines.emplace_back("plugins.hola.greeting", "last define");
            auto all = layers("", defines, environment);
            all.addOperatorChanges(data, {}, _errors);
            CPPUNIT_ASSERT_EQUAL(expected[layer], all.plugin("hola", schema(), _errors).text("greeting"));
            assertNoErrors();
        }
    }

    void testUnknownKeyNamesPlaceAndNearestKey()
    {
        layers("\nhost.lisen = x\n").host(_errors);
        CPPUNIT_ASSERT_EQUAL(
            _folder.path("etc/zoco.properties") + ":2: host.lisen: unknown key; did you mean host.listen?", oneError());
        _errors.clear();
        layers("", {{"host.wrkers", "1"}}).host(_errors);
        CPPUNIT_ASSERT_EQUAL(std::string("-D: host.wrkers: unknown key; did you mean host.workers?"), oneError());
        _errors.clear();
        const auto file = _folder.write("etc/plugins.d/hola.properties", "# x\n\ngreting = a\n");
        layers("").plugin("hola", schema(), _errors);
        CPPUNIT_ASSERT_EQUAL(file + ":3: plugins.hola.greting: unknown key; did you mean greeting?", oneError());
    }

    void testWrongValueNamesPlace()
    {
        for (const std::string value : {"x", "", "0", "513", "1.5"})
        {
            _errors.clear();
            layers("host.workers = " + value).host(_errors);
            CPPUNIT_ASSERT(oneError().starts_with(_folder.path("etc/zoco.properties") + ":1: host.workers: must be "));
        }
        _errors.clear();
        layers("", {}, {{"ZOCO_HOST_WORKERS", "many"}}).host(_errors);
        CPPUNIT_ASSERT(oneError().starts_with("ZOCO_HOST_WORKERS: host.workers: must be "));
    }

    void testMissingRequiredKey()
    {
        auto all = layers("");
        all.plugin("hola", schema("url.required = true"), _errors);
        CPPUNIT_ASSERT(oneError().find("plugins.hola.url") != std::string::npos);
        _errors.clear();
        layers("plugins.hola.url =").plugin("hola", schema("url.required = true"), _errors);
        CPPUNIT_ASSERT(oneError().find(":1: plugins.hola.url: must not be empty") != std::string::npos);
    }

    void testKeySetInTwoFiles()
    {
        _folder.write("etc/plugins.d/hola.properties", "greeting = a\n");
        layers("\nplugins.hola.greeting = b\n");
        CPPUNIT_ASSERT(oneError().starts_with(_folder.path("etc/plugins.d/hola.properties") +
                                              ":1: plugins.hola.greeting: set twice"));
        CPPUNIT_ASSERT(oneError().find(_folder.path("etc/zoco.properties") + ":2") != std::string::npos);
    }

    void testRelativePathCountsFromItsFile()
    {
        _folder.write("etc/plugins.d/hola.properties", "folder = ../x\n");
        auto all = layers("data.dir = d\nweb.root = /abs/./w\n", {{"plugins.otro.folder", "y"}},
                          {{"ZOCO_PLUGINS_ALGO_FOLDER", "z"}});
        CPPUNIT_ASSERT_EQUAL(_folder.path("etc/d"), all.host(_errors).text("data.dir"));
        CPPUNIT_ASSERT_EQUAL(std::string("/abs/w"), all.host(_errors).text("web.root"));
        CPPUNIT_ASSERT_EQUAL(_folder.path("etc/x"), all.plugin("hola", schema(), _errors).text("folder"));
        const auto here = std::filesystem::current_path();
        CPPUNIT_ASSERT_EQUAL((here / "y").string(), all.plugin("otro", schema(), _errors).text("folder"));
        CPPUNIT_ASSERT_EQUAL((here / "z").string(), all.plugin("algo", schema(), _errors).text("folder"));
        assertNoErrors();
    }

    void testSecretMayNotStandInAFile()
    {
        const auto refused = [&](ConfigLayers all)
        {
            const auto config = all.plugin("hola", schema(), _errors);
            CPPUNIT_ASSERT(oneError().find("plugins.hola.password_file") != std::string::npos);
            CPPUNIT_ASSERT(oneError().find("ZOCO_PLUGINS_HOLA_PASSWORD") != std::string::npos);
            CPPUNIT_ASSERT(oneError().find("s3cret") == std::string::npos);
            CPPUNIT_ASSERT_EQUAL(std::string(), config.text("password"));
            _errors.clear();
        };
        refused(layers("plugins.hola.password = s3cret"));
        refused(layers("", {{"plugins.hola.password", "s3cret"}}));
        _folder.write("etc/plugins.d/hola.properties", "password = s3cret");
        refused(layers(""));
    }

    void testSecretFromItsFileOrTheEnvironment()
    {
        _folder.write("etc/secret", "s3cret\n", 0600);
        CPPUNIT_ASSERT_EQUAL(
            std::string("s3cret"),
            layers("plugins.hola.password_file = secret").plugin("hola", schema(), _errors).text("password"));
        CPPUNIT_ASSERT_EQUAL(std::string("other"), layers("", {}, {{"ZOCO_PLUGINS_HOLA_PASSWORD", "other"}})
                                                       .plugin("hola", schema(), _errors)
                                                       .text("password"));
        CPPUNIT_ASSERT_EQUAL(std::string("s3cret"),
                             layers("", {}, {{"ZOCO_PLUGINS_HOLA_PASSWORD_FILE", _folder.path("etc/secret")}})
                                 .plugin("hola", schema(), _errors)
                                 .text("password"));
        assertNoErrors();
        _folder.write("etc/secret", "s3cret\n", 0644);
        layers("plugins.hola.password_file = secret").plugin("hola", schema(), _errors);
        CPPUNIT_ASSERT(oneError().find("chmod 600") != std::string::npos);
    }

    void testSecretOfTheEnvironmentWinsOverAFile()
    {
        _folder.write("etc/secret", "low\n", 0600);
        _folder.write("etc/higher", "high\n", 0600);
        auto all = layers("plugins.hola.password_file = secret", {}, {{"ZOCO_PLUGINS_HOLA_PASSWORD", "middle"}});
        CPPUNIT_ASSERT_EQUAL(std::string("middle"), all.plugin("hola", schema(), _errors).text("password"));
        auto define = layers("", {{"plugins.hola.password_file", _folder.path("etc/higher")}},
                             {{"ZOCO_PLUGINS_HOLA_PASSWORD", "middle"}});
        CPPUNIT_ASSERT_EQUAL(std::string("high"), define.plugin("hola", schema(), _errors).text("password"));
        assertNoErrors();
    }

    void testUnusedVariablesAreTold()
    {
        auto all = layers("", {},
                          {{"ZOCO_HOST_LISTEN", "127.0.0.1:1"},
                           {"ZOCO_HOST_LISEN", "x"},
                           {"ZOCO_PLUGINS_HOLA_GREETING", "x"},
                           {"ZOCO_PLUGINS_HOLA_ENABLED", "true"}});
        CPPUNIT_ASSERT_EQUAL(std::string("127.0.0.1:1"), all.host(_errors).text("host.listen"));
        all.plugins({}, {"hola"}, _errors);
        all.plugin("hola", schema(), _errors);
        assertNoErrors();
        CPPUNIT_ASSERT(all.unusedVariables() == std::vector<std::string>{"ZOCO_HOST_LISEN"});
        CPPUNIT_ASSERT_EQUAL(std::string("ZOCO_PLUGINS_MI_PLUGIN_A_B"), variableName("plugins.mi-plugin.a_b"));
    }

    void testPluginsThatRun()
    {
        _folder.write("etc/plugins.d/beta.properties", "enabled = false\nlibrary = lib/b.so\n");
        auto all = layers("plugins.gamma.enabled = yes\nplugins.delta.greeting = a\n", {},
                          {{"ZOCO_PLUGINS_EPSILON_ENABLED", "1"}});
        const auto found = all.plugins({"alfa", "beta"}, {"epsilon", "omega"}, _errors);
        assertNoErrors();
        std::string text;
        for (const auto& p : found) text += p.id + (p.isEnabled ? "+" : "-") + p.placement + " " + p.library + "|";
        CPPUNIT_ASSERT_EQUAL("alfa+inproc |beta-inproc " + _folder.path("etc/plugins.d/lib/b.so") +
                                 "|delta-inproc |epsilon+inproc |gamma+inproc |",
                             text);
        layers("plugins.Bad.enabled = on\n").plugins({}, {}, _errors);
        CPPUNIT_ASSERT(oneError().find(":1: plugins.Bad.enabled: 'Bad' is no plugin id") != std::string::npos);
        _errors.clear();
        layers("plugins.hola.placement = moon\n").plugins({}, {}, _errors);
        CPPUNIT_ASSERT(oneError().find(":1: plugins.hola.placement: must be one of inproc") != std::string::npos);
    }

    void testPluginFilesOnlyByTheirName()
    {
        _folder.write("etc/plugins.d/Bad Name.properties", "greeting = a\n");
        _folder.write("etc/plugins.d/hola.txt", "greeting = b\n");
        auto all = layers("");
        CPPUNIT_ASSERT(oneError().find("Bad Name.properties: the file's name is no plugin id") != std::string::npos);
        CPPUNIT_ASSERT(all.plugins({}, {}, _errors).empty());
    }

    void testUnreadableFileIsAnError()
    {
        const ConfigLayers missing({_folder.path("none.properties"), {}, {}}, _errors);
        CPPUNIT_ASSERT(oneError().starts_with(_folder.path("none.properties") + ": cannot be read: "));
        _errors.clear();
        const ConfigLayers folder({_folder.path(), {}, {}}, _errors);
        CPPUNIT_ASSERT(oneError().starts_with(_folder.path() + ": cannot be read"));
    }

    void testTypedValues()
    {
        auto all = layers("plugins.hola.count = 7\nplugins.hola.ratio = 0.25\n");
        const auto config = all.plugin("hola", schema(), _errors);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(7), config.value("count")->as.i);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(ZOCO_INT), config.value("count")->kind);
        CPPUNIT_ASSERT_EQUAL(0.25, config.value("ratio")->as.d);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(ZOCO_TEXT), config.value("greeting")->kind);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(ZOCO_NULL), config.value("password")->kind);
        CPPUNIT_ASSERT(!config.value("unknown"));
        CPPUNIT_ASSERT_EQUAL(_folder.path("etc/zoco.properties") + ":1", config.origin("count").text());
    }

    void testAskingForAnUnknownKeyThrows()
    {
        ConfigLayers none({}, _errors);
        CPPUNIT_ASSERT_THROW((void)none.host(_errors).text("host.lisen"), std::logic_error);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConfigLayersTest);

} // namespace zoco::host::test
