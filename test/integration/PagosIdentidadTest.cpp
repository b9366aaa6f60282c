#include "cuentas/Proveedor.h"
#include "cuentas/Tienda.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

namespace zoco::test
{

/// Who pays shows who they are by the real accounts, and by an identity provider elsewhere; the payment keeps by which.
class PagosIdentidadTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PagosIdentidadTest);
    CPPUNIT_TEST(testThePaymentKeepsByWhoseLogin);
    CPPUNIT_TEST_SUITE_END();

protected:
    virtual bool isMariaDb() const { return false; }

private:
    Proveedor _provider;
    std::optional<Tienda> _shop;

    static constexpr const char* kAna = "ana.lopez@ejemplo.es";

    std::string database() const
    {
        auto& server = gestorbbdd::test::MariaDbServer::shared;
        return isMariaDb() ? server().socketUrl(server().newDatabase()) : std::string();
    }

    HttpResponse pay(const std::string& order, const std::string& token)
    {
        _shop->send("POST", "/Pedidos/" + order + "?total=5000&acceso=llave");
        return _shop->send("POST", "/Pagos",
                           R"({"pedido":")" + order +
                               R"(","acceso":"llave","medio":"simulador","tarjeta":"4548810000000003",)"
                               R"("caducidad":"12/49","cvv":"123"})",
                           token);
    }

    /// The issuer that the staff sees.
    std::string issuerOf(const HttpResponse& paid, const std::string& staff)
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(paid.body, 201, paid.status);
        rapidjson::Document payment;
        payment.Parse(paid.body.data(), paid.body.size());
        const auto seen = _shop->get(std::string("/Pagos/") + payment["id"].GetString(), staff);
        return seen["evidencia"]["identidad"]["emisor"].GetString();
    }

    void testThePaymentKeepsByWhoseLogin()
    {
        _shop.emplace(database(), Tienda::Settings{
                                      {"hash_memoria_kib", "7168"},
                                      {"hash_pasadas", "1"},
                                      {"externo_file", _provider.file()},
                                      {"plugins.catalogo.enabled", "true"},
                                      {"plugins.catalogo.demo", "false"},
                                      {"plugins.pedidos.enabled", "true"},
                                      {"plugins.pedidos.library", ZOCO_BUILD_DIR "/test/fixtures/pedidos_de_prueba.so"},
                                      {"plugins.pagos.enabled", "true"},
                                      {"plugins.pagos.verificar_desde", "5000"},
                                      {"plugins.pagos.autenticacion_reciente_s", "600"}});
        _shop->alta(kAna);
        CPPUNIT_ASSERT_EQUAL(std::string(), _shop->mando({"user", "rol", "--correo", kAna, "--rol", "pagos"}));
        const auto staff = _shop->ficha(kAna);
        CPPUNIT_ASSERT_EQUAL(std::string("autenticacion-reciente"), pay("p1", {}).problemSlug());
        const auto own = issuerOf(pay("p1", staff), staff);
        CPPUNIT_ASSERT_MESSAGE(own, own.starts_with("http://localhost:"));
        const auto elsewhere = issuerOf(pay("p2", _provider.entra(*_shop, "s1", "eva@empresa.example")), staff);
        CPPUNIT_ASSERT_MESSAGE(elsewhere, elsewhere.starts_with("http://127.0.0.1:") && elsewhere != own);
    }
};
ZOCO_TEST_ON_BOTH(PagosIdentidadTest);

} // namespace zoco::test
