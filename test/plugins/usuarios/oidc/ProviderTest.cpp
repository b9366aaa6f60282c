#include "oidc/Provider.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

using namespace usuarios;
using zoco::test::TempFolder;

class ProviderTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ProviderTest);
    CPPUNIT_TEST(testProvidersAreRead);
    CPPUNIT_TEST(testFaultsNameFileAndMember);
    CPPUNIT_TEST(testASecretThatOthersCanReadIsRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    void testProvidersAreRead()
    {
        (void)_folder.write("secreto", "s3creto\n", 0600);
        const auto list = readProviders(_folder.write("p.json", kGood));
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), list.size());
        const auto* found = findProvider(list, "empresa");
        CPPUNIT_ASSERT(found != nullptr && findProvider(list, "otra") == nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("s3creto"), found->secret);
        CPPUNIT_ASSERT_EQUAL(std::string("https://id.example"), found->issuer);
        CPPUNIT_ASSERT(!found->isMailTrusted);
    }

    void testFaultsNameFileAndMember()
    {
        (void)_folder.write("secreto", "s3creto", 0600);
        const std::string good = kGood;
        const auto with = [&](const std::string& from, const std::string& to)
        {
            auto text = good;
            return text.replace(text.find(from), from.size(), to);
        };
        const std::pair<std::string, std::string> cases[] = {
            {"[\n{", "p.json:2: "},
            {"{}", "a list"},
            {"[7]", "/0: must be an object"},
            {with("\"id\"", "\"ident\""), "/0/ident: unknown member"},
            {with("\"empresa\"", "\"Empresa\""), "/0/id: "},
            {with("\"empresa\"", "7"), "/0/id: a text is missing"},
            {with("https://id.example", "http://id.example"), "/0/emisor: "},
            {with("https://id.example", "https://id.example?x"), "/0/emisor: "},
            {with("\"secreto\"", "\"falta\""), "falta: cannot be read"},
            {'[' + good.substr(1, good.size() - 2) + ',' + good.substr(1, good.size() - 2) + ']',
             "/1/id: there are two"},
        };
        for (const auto& [text, expected] : cases)
        {
            const auto fault = faultOf(text);
            CPPUNIT_ASSERT_MESSAGE(expected + " is not in: " + fault, fault.find(expected) != std::string::npos);
            CPPUNIT_ASSERT_MESSAGE(fault, fault.find("s3creto") == std::string::npos);
        }
    }

    void testASecretThatOthersCanReadIsRefused()
    {
        (void)_folder.write("secreto", "s3creto", 0644);
        const auto fault = faultOf(kGood);
        CPPUNIT_ASSERT_MESSAGE(fault, fault.find("0600") != std::string::npos);
    }

private:
    static constexpr const char* kGood =
        R"([{"id":"empresa","nombre":"Empresa","emisor":"https://id.example","cliente":"zoco","secreto_fichero":"secreto"}])";

    std::string faultOf(const std::string& text)
    {
        try
        {
            (void)readProviders(_folder.write("p.json", text));
        }
        catch (const std::invalid_argument& e)
        {
            return e.what();
        }
        return {};
    }

    TempFolder _folder;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProviderTest);
