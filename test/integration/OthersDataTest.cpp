#include "cuentas/Contrato.h"
#include "cuentas/Proveedor.h"
#include "cuentas/Tienda.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>

using namespace zoco::test;

namespace
{

/// A route as /_zoco/rutas tells of it.
struct Ruta
{
    std::string metodo, ruta, acceso;
};

void collectIds(const rapidjson::Value& value, std::set<std::string>& out)
{
    if (value.IsArray())
        for (const auto& element : value.GetArray()) collectIds(element, out);
    if (!value.IsObject()) return;
    for (const auto& member : value.GetObject())
    {
        if (std::string_view(member.name.GetString()) == "id" && member.value.IsString())
            out.insert(member.value.GetString());
        collectIds(member.value, out);
    }
}

} // namespace

/// Two people on the shop with all its plugins. Which routes there are, and what their bodies look like, its own table
/// of routes and /openapi.json say: a new route is covered by itself.
class OthersDataTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(OthersDataTest);
    CPPUNIT_TEST(testNobodyReachesWhatIsAnothers);
    CPPUNIT_TEST(testMembersThatAreThereTwiceAreRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        Tienda::Settings settings = {
            {"hash_memoria_kib", "7168"}, {"hash_pasadas", "1"}, {"externo_file", _provider.file()}};
        for (const auto& file : std::filesystem::directory_iterator(ZOCO_BUILD_DIR "/plugins"))
            if (file.path().extension() == ".so")
                settings.emplace_back("plugins." + file.path().stem().string() + ".enabled", "true");
        _tienda = std::make_unique<Tienda>("", settings);
        _operations = operacionesDe(_tienda->host(), "/");
        rapidjson::Document document;
        document.Parse(RawClient(_tienda->host().socketPath()).request("GET", "/_zoco/rutas").body.c_str());
        for (const auto& route : document["rutas"].GetArray())
            _routes.push_back({route["metodo"].GetString(), route["ruta"].GetString(), route["acceso"].GetString()});
    }
    void tearDown() override { _tienda.reset(); }

private:
    bool has(const std::string& method, const std::string& pattern) const
    {
        for (const auto& route : _routes)
            if (route.metodo == method && route.ruta == pattern) return true;
        return false;
    }
    std::string goodBody(const std::string& method, const std::string& pattern) const
    {
        for (const auto& operation : _operations)
            if (operation.metodo == method && operation.ruta == pattern) return cuerpo(operation);
        return {};
    }

    /// Ids of what somebody has under a collection; when it can be made, one is.
    std::set<std::string> idsOf(const std::string& collection, const std::string& ficha)
    {
        if (has("POST", collection)) (void)_tienda->send("POST", collection, goodBody("POST", collection), ficha);
        return listed(collection, ficha);
    }
    std::set<std::string> listed(const std::string& collection, const std::string& ficha)
    {
        std::set<std::string> out;
        if (has("GET", collection)) collectIds(_tienda->get(collection, ficha), out);
        return out;
    }

    void testNobodyReachesWhatIsAnothers()
    {
        auto& t = *_tienda;
        t.alta("ana@ejemplo.es");
        const auto ana = t.ficha("ana@ejemplo.es");
        const auto luis = _provider.entra(t, "s1", "luis@empresa.example"); // so that there is an identity of his
        std::size_t routes = 0, requests = 0;
        std::string without, faults;
        for (const auto& route : _routes)
        {
            const auto brace = route.ruta.find("/{");
            if (brace == std::string::npos || (route.acceso != "user" && route.acceso != "visitor")) continue;
            const auto collection = route.ruta.substr(0, brace);
            const auto parameter = route.ruta.substr(brace + 2, route.ruta.find('}') - brace - 2);
            const auto own = idsOf(collection, luis);
            if (own.empty()) without += "  " + route.metodo + ' ' + route.ruta + '\n';
            routes += own.empty() ? 0 : 1;
            for (const auto& id : own)
            {
                ++requests;
                const auto answer = t.send(route.metodo, camino(route.ruta, {{parameter, id}}),
                                           goodBody(route.metodo, route.ruta), ana);
                if (answer.status != 404 && answer.status != 403)
                    faults += route.metodo + ' ' + route.ruta + ": " + std::to_string(answer.status) + '\n';
                if (answer.body.find(id) != std::string::npos && answer.problemSlug().empty())
                    faults += route.metodo + ' ' + route.ruta + " tells something of it\n";
            }
            if (listed(collection, luis) != own) faults += route.metodo + ' ' + route.ruta + " took something away\n";
            // were the ids of no use, nothing would be shown
            if (route.metodo == "GET" && !own.empty())
                CPPUNIT_ASSERT_EQUAL_MESSAGE(
                    route.ruta, 200, t.send("GET", camino(route.ruta, {{parameter, *own.begin()}}), {}, luis).status);
        }
        std::printf("%zu routes x another's ids: %zu requests; without an id of anybody's:\n%s", routes, requests,
                    without.c_str());
        CPPUNIT_ASSERT_EQUAL(std::string(), faults);
        CPPUNIT_ASSERT_MESSAGE(without, without.find("/Usuarios/yo/externos/{id}") == std::string::npos);
        CPPUNIT_ASSERT(routes >= 5);
    }

    /// By somebody who may do everything else.
    void testMembersThatAreThereTwiceAreRefused()
    {
        auto& t = *_tienda;
        const auto made = t.mando({"user", "add", "--correo", "jefa@ejemplo.es", "--rol",
                                   "operador,catalogo,pedidos,pagos,atencion,cliente"});
        const auto chosen = json({{"ficha", fichaIn(made)}, {"clave", Tienda::kClave}});
        CPPUNIT_ASSERT_EQUAL(204, t.send("POST", "/Usuarios/clave/nueva", chosen).status);
        const auto jefa = t.ficha("jefa@ejemplo.es");
        std::string faults;
        std::size_t requests = 0, named = 0;
        for (const auto& operation : _operations)
        {
            if (operation.ruta.starts_with("/_zoco")) continue;                // the operator's, of the host itself
            if (operation.ruta.starts_with("/Pagos/simulador/sis/")) continue; // answers as Redsys does
            for (const auto& field : operation.campos)
            {
                ++requests;
                const auto body = "{\"" + field.nombre + "\":null,\"" + field.nombre + "\":null}";
                const auto answer =
                    t.send(operation.metodo, camino(operation.ruta, {{"asunto", "novedades"}}), body, jefa);
                // a product that is not there, a patch that says it is none
                const bool isRefusedBefore = answer.status == 404 || answer.status == 415;
                const bool isNamed = answer.status == 422 && answer.body.find("twice") != std::string::npos;
                named += isNamed ? 1 : 0;
                if (!isNamed && !isRefusedBefore)
                    faults += operation.name() + ' ' + field.nombre + ": " + std::to_string(answer.status) + ' ' +
                              answer.body + '\n';
            }
        }
        std::printf("%zu routes x members that are there twice: %zu requests, %zu of them told of it\n",
                    _operations.size(), requests, named);
        CPPUNIT_ASSERT_EQUAL(std::string(), faults);
        CPPUNIT_ASSERT(named > 40);
    }

    Proveedor _provider;
    std::unique_ptr<Tienda> _tienda;
    std::vector<Ruta> _routes;
    std::vector<Operacion> _operations;
};

CPPUNIT_TEST_SUITE_REGISTRATION(OthersDataTest);
