#include "core/net/TlsIdentity.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>
#include <openssl/ec.h>
#include <openssl/pem.h>

#include <sys/stat.h>

#include <cstdio>
#include <memory>

namespace zoco::host::test
{

class TlsIdentityTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(TlsIdentityTest);
    CPPUNIT_TEST(testACertificateHasItsTime);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;

    template <class Write>
    std::string file(const char* name, Write write) const
    {
        const auto path = _folder.path(name);
        const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen(path.c_str(), "w"), &std::fclose);
        CPPUNIT_ASSERT(out != nullptr && write(out.get()) == 1);
        ::chmod(path.c_str(), 0600);
        return path;
    }

    /// What is said of a certificate that is valid from and until so many seconds from now.
    std::string faultOf(long from, long until) const
    {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
        X509_set_pubkey(certificate.get(), key.get());
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), from);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), until);
        CPPUNIT_ASSERT(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
        const auto pem = file("a.pem", [&](std::FILE* out) { return PEM_write_X509(out, certificate.get()); });
        const auto keyFile =
            file("a.key", [&](std::FILE* out)
                 { return PEM_write_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
        std::string out;
        for (const auto& fault : tlsFaults(pem, keyFile))
            out += (fault.isOfKey ? "key: " : "certificate: ") + fault.what;
        return out;
    }

public:
    void testACertificateHasItsTime()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOf(-60, 60));
        CPPUNIT_ASSERT(faultOf(-120, -60).find("valid no more since 20") != std::string::npos);
        CPPUNIT_ASSERT(faultOf(60, 120).find("not valid before 20") != std::string::npos);
        CPPUNIT_ASSERT(faultOf(60, 120).starts_with("certificate: "));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TlsIdentityTest);

} // namespace zoco::host::test
