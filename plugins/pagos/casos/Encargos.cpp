#include "Encargos.h"

#include "datos/Anotaciones.h"
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
    Anotacion out;
    out.codigo = resultado.codigo;
    out.consejo = resultado.consejo;
    out.prueba = resultado.prueba;
    return out.toJson();
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
