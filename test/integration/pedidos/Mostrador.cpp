#include "Mostrador.h"

#include "plugins/gestorbbdd/MariaDbServer.h"

#include <stdexcept>

namespace zoco::test
{

using zoco::gestorbbdd::test::MariaDbServer;

Comercio::Settings conCobrador(Comercio::Settings more)
{
    more.insert(more.end(), {{"plugins.cobrador.enabled", "true"},
                             {"plugins.cobrador.library", ZOCO_BUILD_DIR "/test/fixtures/cobrador.so"}});
    return more;
}

std::unique_ptr<Comercio> tiendaConCobrador(bool isMariaDb, Comercio::Settings settings, Comercio::Settings more)
{
    auto& server = MariaDbServer::shared;
    return std::make_unique<Comercio>(isMariaDb ? server().socketUrl(server().newDatabase()) : std::string(),
                                      std::move(settings), conCobrador(std::move(more)));
}

Encargo encargar(Cliente& cliente, const std::string& more, const std::string& headers, const std::string& nombre)
{
    const auto made = cliente.send("POST", "/Pedidos",
                                   R"({"direccion":{"nombre":")" + nombre +
                                       R"(","linea1":"Calle del Peñón 3, 1.º","cp":"28001","ciudad":"Madrid",)"
                                       R"("provincia":"Madrid","pais":"ES"},"envio":"estandar")" +
                                       more + "}",
                                   headers);
    if (made.status() != 201) throw std::runtime_error("no order: " + made.http.body);
    return {made.json["id"].GetString(), made.json["numero"].GetString(), made.json["acceso"].GetString(),
            made.importe("totales.total")};
}

std::string pagar(const Comercio& shop, const Encargo& order)
{
    return shop.send("POST", "/Cobrador/" + order.id + "?importe=" + std::to_string(order.total)).outcome();
}

void reembolsar(const Comercio& shop, const Encargo& order, const std::string& id, std::int64_t importe,
                const std::string& motivo)
{
    const auto done = shop.send("POST", "/Cobrador/" + order.id + "/reembolso?id=" + id +
                                            "&importe=" + std::to_string(importe) + "&motivo=" + motivo);
    if (done.status() != 202) throw std::runtime_error("no refund: " + done.http.body);
}

} // namespace zoco::test
