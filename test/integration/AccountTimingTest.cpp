#include "cuentas/Tienda.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>

using namespace zoco::test;

namespace
{

using Times = std::vector<double>; ///< milliseconds

/// How far the ranks of two samples are from those of one, in standard deviations (Mann and Whitney 1947; ties do not
/// happen with clocks as fine as this one).
double distance(const Times& a, const Times& b)
{
    std::vector<std::pair<double, bool>> all;
    for (const auto t : a) all.emplace_back(t, true);
    for (const auto t : b) all.emplace_back(t, false);
    std::sort(all.begin(), all.end());
    double ranks = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].second) ranks += static_cast<double>(i + 1);
    const auto n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
    const auto u = ranks - n * (n + 1) / 2;
    return (u - n * m / 2) / std::sqrt(n * m * (n + m + 1) / 12);
}

Times later(Times times, double milliseconds)
{
    for (auto& t : times) t += milliseconds;
    return times;
}

/// Chance alone goes beyond it once in 15,000 times.
constexpr double kSame = 4;

} // namespace

/// Whether an address has an account cannot be told by how long the answer takes.
class AccountTimingTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(AccountTimingTest);
    CPPUNIT_TEST(testLogin);
    CPPUNIT_TEST(testForgottenPassword);
    CPPUNIT_TEST(testGuestsData);
    CPPUNIT_TEST(testRegistration);
    CPPUNIT_TEST_SUITE_END();

public:
    void testLogin()
    {
        compare(
            "POST", "/Usuarios/sesion",
            [](const std::string& correo) { return "{\"correo\":\"" + correo + "\",\"clave\":\"no es esta clave\"}"; },
            401);
    }
    void testForgottenPassword()
    {
        compare(
            "POST", "/Usuarios/clave/olvido",
            [](const std::string& correo) { return "{\"correo\":\"" + correo + "\"}"; }, 202);
    }
    void testGuestsData()
    {
        compare(
            "POST", "/Usuarios/datos",
            [](const std::string& correo) { return R"({"accion":"exportar","correo":")" + correo + "\"}"; }, 202);
    }
    void testRegistration()
    {
        compare(
            "POST", "/Usuarios",
            [](const std::string& correo)
            { return "{\"correo\":\"" + correo + "\",\"clave\":\"una clave bien larga\",\"nombre\":\"Ana\"}"; },
            202);
    }

private:
    /// 1,000 tries, half of them for known addresses, taking turns; more where the machine is so busy that a planted
    /// millisecond would not be seen.
    void compare(const char* method, const char* path, const std::function<std::string(const std::string&)>& body,
                 int status)
    {
        constexpr int kPairs = 500, kMostPairs = 3000, kKnown = 50;
        Tienda tienda({}, {{"hash_memoria_kib", "7168"},
                           {"hash_pasadas", "1"},
                           {"intentos_cuenta", "1000000"},
                           {"intentos_direccion", "1000000"}});
        for (int i = 0; i < kKnown; ++i) tienda.alta(known(i));
        Times knowns, unknowns;
        const auto measure = [&](int i)
        {
            const auto timed = [&](const std::string& correo)
            {
                const auto text = body(correo);
                const auto begun = std::chrono::steady_clock::now();
                const auto answer = tienda.send(method, path, text);
                const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
                CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, status, answer.status);
                return took.count();
            };
            const auto one = known(i % kKnown), other = "nadie" + std::to_string(i % kKnown) + "@example.com";
            if (i % 2 == 0) knowns.push_back(timed(one));
            unknowns.push_back(timed(other));
            if (i % 2 == 1) knowns.push_back(timed(one));
        };
        const auto isMillisecondSeen = [&]
        { return distance(later(knowns, 1), unknowns) > kSame && distance(knowns, later(unknowns, 1)) < -kSame; };
        for (int i = 0; i < kPairs || (i < kMostPairs && !isMillisecondSeen()); i += kKnown)
            for (int j = 0; j < kKnown; ++j) measure(i + j);
        const auto told = "standard deviations apart: " + std::to_string(distance(knowns, unknowns));
        CPPUNIT_ASSERT_MESSAGE(told, std::abs(distance(knowns, unknowns)) < kSame);
        CPPUNIT_ASSERT_MESSAGE("a planted millisecond is not seen", isMillisecondSeen());
    }
    static std::string known(int i) { return "conocida" + std::to_string(i) + "@example.com"; }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AccountTimingTest);
