#include "cuentas/Contrato.h"
#include "cuentas/TiendaOnEngine.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <sqlite3.h>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

namespace
{

/// A way to spoil a member.
struct Caso
{
    const char* name;
    /// JSON of the member's value; nothing: it is left out.
    std::optional<std::string> (*value)(const Campo&);
    bool (*suits)(const Campo&);
};

bool isText(const Campo& field) { return field.tipo == "string" || field.tipo == "enum"; }
/// Passwords are any characters that can be typed: NIST SP 800-63B, ASVS 6.2.9.
bool isShown(const Campo& field) { return isText(field) && !field.nombre.starts_with("clave"); }
bool always(const Campo&) { return true; }

/// The good text with something behind its first character.
std::string with(const Campo& field, const char* what)
{
    auto out = buenValor(field.nombre);
    return out.insert(2, what);
}

const std::vector<Caso>& casos()
{
    static const std::vector<Caso> kCasos = {
        {"missing", [](const Campo&) -> std::optional<std::string> { return std::nullopt; },
         [](const Campo& f) { return f.isRequired; }},
        {"null", [](const Campo&) { return std::optional<std::string>("null"); },
         [](const Campo& f) { return f.isRequired; }},
        {"too long", [](const Campo&) { return std::optional('"' + std::string(2000, 'a') + '"'); }, isText},
        {"number", [](const Campo&) { return std::optional<std::string>("12345"); }, always},
        {"list", [](const Campo&) { return std::optional<std::string>("[]"); }, always},
        {"object", [](const Campo&) { return std::optional<std::string>(R"({"a":1})"); }, always},
        {"text for true", [](const Campo&) { return std::optional<std::string>(R"("true")"); },
         [](const Campo& f) { return f.tipo == "boolean"; }},
        {"control character", [](const Campo& f) { return std::optional(with(f, "\\u0007")); }, isText},
        {"zero", [](const Campo& f) { return std::optional(with(f, "\\u0000")); }, isText},
        {"line end", [](const Campo& f) { return std::optional(with(f, "\\r\\n")); }, isText},
        {"right to left", [](const Campo& f) { return std::optional(with(f, "\\u202E")); }, isShown},
        {"zero width", [](const Campo& f) { return std::optional(with(f, "\\u200B")); }, isShown},
        {"joiner", [](const Campo& f) { return std::optional(with(f, "\\u2060")); }, isShown},
        {"homograph", [](const Campo& f) { return std::optional(with(f, "\\u0430")); }, isShown}, // a Cyrillic a
        {"half a character", [](const Campo& f) { return std::optional(with(f, "\\uD800")); }, isText},
    };
    return kCasos;
}

constexpr const char* kTables[] = {"usuarios",        "sesiones",  "fichas",       "cambios",
                                   "intentos",        "conocidos", "recuperacion", "direcciones",
                                   "consentimientos", "auditoria", "externos"};

} // namespace

/// Every member of every body that usuarios takes, spoiled in every way: a problem that names it, and nothing stored.
/// Routes and members come from /openapi.json, so that a new one is tried by itself.
class FieldsTest : public TiendaOnEngine
{
    CPPUNIT_TEST_SUITE(FieldsTest);
    CPPUNIT_TEST(testEveryFieldOfEveryRoute);
    CPPUNIT_TEST_SUITE_END();

private:
    static constexpr auto kAna = "ana@ejemplo.es";

    void open()
    {
        tienda();
        _tienda->alta(kAna);
        _ficha = _tienda->ficha(kAna);
        const Operacion address{"POST",
                                "",
                                {{"nombre", "", true},
                                 {"linea1", "", true},
                                 {"cp", "", true},
                                 {"ciudad", "", true},
                                 {"provincia", "", true},
                                 {"pais", "", true}}};
        const auto made = _tienda->send("POST", "/Usuarios/yo/direcciones", cuerpo(address), _ficha);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(made.body, 201, made.status);
        _address = made.header("Location").substr(std::string("/Usuarios/yo/direcciones/").size());
        // what the registration and the login tell of has come to the log
        CPPUNIT_ASSERT(eventually([&] { return selected("SELECT COUNT(*) FROM usuarios_auditoria") == "3"; }));
    }

    /// First column of the first row.
    std::string selected(const std::string& statement)
    {
        if (isMariaDb()) return MariaDbServer::shared().execute(statement, _database);
        sqlite3* db = nullptr;
        sqlite3_stmt* prepared = nullptr;
        CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_open(sqliteFile().c_str(), &db));
        sqlite3_busy_timeout(db, 5000);
        CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_prepare_v2(db, statement.c_str(), -1, &prepared, nullptr));
        CPPUNIT_ASSERT_EQUAL(SQLITE_ROW, sqlite3_step(prepared));
        std::string out(reinterpret_cast<const char*>(sqlite3_column_text(prepared, 0)));
        sqlite3_finalize(prepared);
        sqlite3_close(db);
        return out;
    }

    /// How many rows each table has and what a client sees of what can be changed in place.
    std::string state()
    {
        // both engines have a way to join texts, but not the same
        std::string counts;
        for (const auto* table : kTables)
            counts += (counts.empty() ? ""
                       : isMariaDb()  ? ", ' ', "
                                      : " || ' ' || ") +
                      std::string("(SELECT COUNT(*) FROM usuarios_") + table + ')';
        auto out = selected(isMariaDb() ? "SELECT CONCAT(" + counts + ')' : "SELECT " + counts);
        for (const auto* path : {"/Usuarios/yo", "/Usuarios/yo/direcciones", "/Usuarios/yo/consentimientos",
                                 "/Usuarios/yo/segundo-factor"})
            out += '\n' + _tienda->send("GET", path, {}, _ficha).body;
        std::size_t mails = 0;
        const auto folder = _tienda->host().dataDir() + "/mail";
        if (std::filesystem::exists(folder))
            for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++mails;
        return out + '\n' + std::to_string(mails);
    }

    HttpResponse send(const Operacion& operation, const std::string& body)
    {
        const auto path = camino(operation.ruta, {{"id", _address}, {"asunto", "novedades"}, {"proveedor", "empresa"}});
        return _tienda->send(operation.metodo, path, body, _ficha);
    }

    /// Empty when it is as it must be.
    static std::string fault(const std::string& story, const std::string& field, const HttpResponse& answer)
    {
        const auto named = R"("puntero":"/)" + field + '"';
        const bool isGood = answer.status == 422 && answer.problemSlug() == "datos-invalidos" &&
                            answer.body.find(named) != std::string::npos;
        // a text that is no UTF-16 is no JSON either (RFC 8259, 8.2)
        const bool isNoJson = answer.status == 400 && story.find("half a character") != std::string::npos;
        return isGood || isNoJson ? "" : story + ": " + std::to_string(answer.status) + ' ' + answer.body + '\n';
    }

    void testEveryFieldOfEveryRoute()
    {
        open();
        const auto operations = operacionesDe(_tienda->host(), "/Usuarios");
        std::size_t requests = 0, fields = 0;
        std::string faults;
        for (const auto& operation : operations)
            for (const auto& field : operation.campos)
            {
                ++fields;
                const auto before = state();
                const auto one = [&](const char* name, const std::string& body)
                {
                    ++requests;
                    faults += fault(operation.name() + ", " + field.nombre + ", " + name, field.nombre,
                                    send(operation, body));
                };
                for (const auto& spoiled : casos())
                    if (spoiled.suits(field))
                        one(spoiled.name, cuerpo(operation, {{field.nombre, spoiled.value(field)}}));
                const auto good = cuerpo(operation);
                one("there twice",
                    good.substr(0, good.size() - 1) + ",\"" + field.nombre + "\":" + buenValor(field.nombre) + '}');
                ++requests;
                const auto large = '"' + std::string(1 << 20, 'a') + '"';
                const auto answer = send(operation, cuerpo(operation, {{field.nombre, large}}));
                if (answer.status != 413)
                    faults += operation.name() + ", 1 MB: " + std::to_string(answer.status) + '\n';
                if (state() != before) faults += operation.name() + ", " + field.nombre + ": something was stored\n";
            }
        std::printf("%zu routes, %zu members, %zu requests\n", operations.size(), fields, requests);
        CPPUNIT_ASSERT_EQUAL(std::string(), faults);
        CPPUNIT_ASSERT(operations.size() >= 15);
        // were the bodies refused for another reason, nothing would be shown
        for (const auto& operation : operations)
        {
            const auto answer = send(operation, cuerpo(operation));
            const bool isRefused = answer.status == 400 || answer.status == 413 || answer.status == 415 ||
                                   (answer.status == 422 && operation.ruta.find("/activacion") == std::string::npos);
            CPPUNIT_ASSERT_MESSAGE(operation.name() + ": " + answer.body, !isRefused && answer.status < 500);
        }
    }

    std::string _ficha, _address;
};

ZOCO_TEST_ON_BOTH(FieldsTest);
