#include "Encargos.h"

#include "zoco/Json.h"

namespace pagos
{

namespace
{

std::string jsonOf(const Accion& accion)
{
    std::string out;
    zoco::JsonWriter writer(out);
    writer.beginObject().member("tipo", accion.tipo).member("url", accion.url).key("campos").beginObject();
    for (const auto& [name, value] : accion.campos) writer.member(name, value);
    writer.endObject().endObject();
    return out;
}

std::string jsonOf(const Resultado& resultado)
{
    std::string out;
    zoco::JsonWriter writer(out);
    writer.beginObject();
    const auto add = [&](const char* name, const std::string& value)
    {
        if (!value.empty()) writer.member(name, value);
    };
    add("codigo", resultado.codigo);
    add("consejo", resultado.consejo);
    add("segura", resultado.prueba.segura);
    add("transaccion", resultado.prueba.transaccion);
    add("autorizacion", resultado.prueba.autorizacion);
    writer.endObject();
    return out;
}

} // namespace

std::vector<Anotado> annotated(const Resultado& resultado)
{
    std::vector<Anotado> out;
    for (const auto& suceso : resultado.sucesos)
    {
        const bool isAccion = suceso.hecho == Hecho::Accion && resultado.accion;
        out.push_back({suceso, isAccion ? jsonOf(*resultado.accion) : jsonOf(resultado)});
    }
    return out;
}

Conector* Encargos::connectorOf(std::string_view id) const
{
    const auto found = _conectores.find(id);
    return found == _conectores.end() ? nullptr : found->second.get();
}

Encargo Encargos::orderFor(const Registro& r, std::int64_t importe) const
{
    Encargo out;
    out.pago = r.id;
    out.numero = r.numero;
    out.importe = importe;
    out.moneda = r.moneda;
    out.metodo = r.metodo;
    out.isOnlyAuthorized = r.isManual;
    out.base = r.base;
    out.retorno = r.base + "/Pagos/" + r.id + "/retorno";
    out.aviso = r.base + "/Pagos/notificaciones/" + r.conector;
    return out;
}

} // namespace pagos
