#include "core/config/SecretFile.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

namespace zoco::host::test
{

class SecretFileTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SecretFileTest);
    CPPUNIT_TEST(testContent);
    CPPUNIT_TEST(testRefused);
    CPPUNIT_TEST(testFaultNeverShowsTheContent);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;

    std::string read(const std::string& path)
    {
        std::string secret;
        std::string fault;
        const bool isGood = readSecretFile(path, secret, fault);
        CPPUNIT_ASSERT_EQUAL(isGood, fault.empty());
        return isGood ? "ok:" + secret : fault;
    }

public:
    void testContent()
    {
        for (const auto& [content, secret] : std::vector<std::pair<std::string, std::string>>{{"s3cret", "s3cret"},
                                                                                              {"s3cret\n", "s3cret"},
                                                                                              {"s3cret\r\n", "s3cret"},
                                                                                              {"a\n\n", "a\n"},
                                                                                              {" a ", " a "}})
            CPPUNIT_ASSERT_EQUAL("ok:" + secret, read(_folder.write("s", content, 0600)));
        CPPUNIT_ASSERT_EQUAL(std::string("ok:a"), read(_folder.write("r", "a", 0400)));
    }

    void testRefused()
    {
        for (const unsigned mode : {0640u, 0604u, 0620u, 0610u, 0644u, 0777u})
            CPPUNIT_ASSERT(read(_folder.write("m", "s3cret", mode)).find("chmod 600") != std::string::npos);
        CPPUNIT_ASSERT(read(_folder.path("missing")).starts_with("cannot read"));
        CPPUNIT_ASSERT(read(_folder.path()).ends_with("not a regular file"));
        CPPUNIT_ASSERT(read(_folder.write("e", "\n", 0600)).ends_with("is empty"));
        CPPUNIT_ASSERT(read(_folder.write("b", std::string(65537, 'x'), 0600)).ends_with("64 KiB"));
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(_folder.path("fifo").c_str(), 0600)); // must not wait for a writer
        CPPUNIT_ASSERT(read(_folder.path("fifo")).ends_with("not a regular file"));
    }

    void testFaultNeverShowsTheContent()
    {
        CPPUNIT_ASSERT(read(_folder.write("m", "s3cret", 0644)).find("s3cret") == std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SecretFileTest);

} // namespace zoco::host::test
