#include "core/Log.h"
#include "core/AsyncFile.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>
#include <rapidjson/document.h>

#include <limits>

namespace zoco::host::test
{

class LogTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(LogTest);
    CPPUNIT_TEST(testRecord);
    CPPUNIT_TEST(testEveryTextMakesValidJson);
    CPPUNIT_TEST(testSecretsAreBlanked);
    CPPUNIT_TEST(testReservedNamesAreRenamed);
    CPPUNIT_TEST(testThreshold);
    CPPUNIT_TEST(testLevelsThatAreNone);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;
    AsyncFile _file{_folder.path("log")};

    std::string text()
    {
        _file.flush();
        return _folder.read("log");
    }
    rapidjson::Document only()
    {
        const auto line = text();
        CPPUNIT_ASSERT(line.ends_with('\n'));
        CPPUNIT_ASSERT_EQUAL(line.size() - 1, line.find('\n'));
        rapidjson::Document json;
        json.Parse<rapidjson::kParseValidateEncodingFlag>(line.c_str());
        CPPUNIT_ASSERT_MESSAGE(line, !json.HasParseError());
        return json;
    }

public:
    void testRecord()
    {
        const Log log(_file, LogLevel::Info);
        log.source("host.test")
            .warning("it is so", {{"text", "a"},
                                  {"int", -7},
                                  {"real", 0.5},
                                  {"yes", true},
                                  {"none", nullptr},
                                  {"nan", std::numeric_limits<double>::quiet_NaN()},
                                  {"time", Value::time(5)},
                                  {"bytes", Value::blob("b")}});
        const auto json = only();
        CPPUNIT_ASSERT_EQUAL(std::string("warning"), std::string(json["level"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("host.test"), std::string(json["source"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("it is so"), std::string(json["message"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::size_t(27), std::size_t(json["time"].GetStringLength()));
        CPPUNIT_ASSERT_EQUAL(std::string("a"), std::string(json["text"].GetString()));
        CPPUNIT_ASSERT_EQUAL(-7, json["int"].GetInt());
        CPPUNIT_ASSERT_EQUAL(0.5, json["real"].GetDouble());
        CPPUNIT_ASSERT(json["yes"].GetBool() && json["none"].IsNull() && json["nan"].IsNull());
        CPPUNIT_ASSERT_EQUAL(5, json["field_time"].GetInt());
        CPPUNIT_ASSERT_EQUAL(std::string("b"), std::string(json["bytes"].GetString()));
    }

    void testEveryTextMakesValidJson()
    {
        std::string all;
        for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
        const Log log(_file, LogLevel::Info);
        log.source("s").info(all, {{all, all}, {"\xff", "\xc3"}, {"b", Value::blob(all)}});
        const auto json = only();
        CPPUNIT_ASSERT(json.HasMember("\xef\xbf\xbd"));
        CPPUNIT_ASSERT_EQUAL(std::string("\xef\xbf\xbd"), std::string(json["\xef\xbf\xbd"].GetString()));
    }

    void testSecretsAreBlanked()
    {
        const Log log(_file, LogLevel::Info);
        log.source("s").info("m", {{"password", "s3cret"},
                                   {"dbPassword_1", "s3cret"},
                                   {"CLAVE", "s3cret"},
                                   {"Authorization", "s3cret"},
                                   {"set-cookie", "s3cret"},
                                   {"access_token", 123},
                                   {"numero_tarjeta", "s3cret"},
                                   {"cvv", 123},
                                   {"iban", "s3cret"},
                                   {"client_secret", "s3cret"},
                                   {"ficha", "s3cret"},
                                   {"usuario", "ana"}});
        const auto line = text();
        CPPUNIT_ASSERT(line.find("s3cret") == std::string::npos && line.find("123") == std::string::npos);
        CPPUNIT_ASSERT(line.find("ana") != std::string::npos);
    }

    void testReservedNamesAreRenamed()
    {
        const Log log(_file, LogLevel::Info);
        log.source("s").info("m", {{"time", 1}, {"level", 2}, {"source", 3}, {"message", 4}});
        const auto json = only();
        CPPUNIT_ASSERT_EQUAL(std::string("m"), std::string(json["message"].GetString()));
        CPPUNIT_ASSERT_EQUAL(2, json["field_level"].GetInt());
        CPPUNIT_ASSERT_EQUAL(4, json["field_message"].GetInt());
    }

    void testThreshold()
    {
        const Log log(_file, LogLevel::Warning);
        const auto source = log.source("s");
        source.error("1");
        source.warning("2");
        source.info("3");
        source.debug("4");
        CPPUNIT_ASSERT(source.isEnabled(LogLevel::Warning) && !source.isEnabled(LogLevel::Info));
        const auto all = text();
        CPPUNIT_ASSERT(all.find("\"1\"") != std::string::npos && all.find("\"2\"") != std::string::npos);
        CPPUNIT_ASSERT(all.find("\"3\"") == std::string::npos && all.find("\"4\"") == std::string::npos);
    }

    /// Plugins pass numbers.
    void testLevelsThatAreNone()
    {
        const Log log(_file, LogLevel::Debug);
        for (const std::uint32_t level : {0u, 5u, 4'000'000'000u})
            log.source("s").write(static_cast<LogLevel>(level), "m", nullptr, 0);
        CPPUNIT_ASSERT_EQUAL(std::string(), text());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogTest);

} // namespace zoco::host::test
