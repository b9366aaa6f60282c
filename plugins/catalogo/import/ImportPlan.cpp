#include "ImportPlan.h"

#include "PublicId.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <unordered_map>

namespace catalogo
{

namespace
{

std::int64_t nowMicroseconds()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

/// Names of categories: the stored one wins, then the first in the files.
class CategoryNames
{
public:
    explicit CategoryNames(const std::vector<Categoria>& stored)
    {
        for (const auto& c : stored) _names.emplace(c.id, c.nombre);
    }

    void settle(std::optional<Categoria>& category, std::vector<Categoria>& made)
    {
        if (!category) return;
        const auto [known, isNew] = _names.try_emplace(category->id, category->nombre);
        if (isNew) made.push_back(*category);
        category->nombre = known->second;
    }

private:
    std::map<std::string, std::string> _names;
};

/// The stored product with what the file says laid over it.
DatosProducto merged(const Producto& now, ImportedProduct& said)
{
    DatosProducto out = now;
    auto& data = said.data;
    out.nombre = std::move(data.nombre);
    out.importe = data.importe;
    out.moneda = std::move(data.moneda);
    if (said.hasCategoria) out.categoria = std::move(data.categoria);
    if (said.hasMarca) out.marca = std::move(data.marca);
    if (said.hasDescripcion) out.descripcion = std::move(data.descripcion);
    if (said.hasExistencias) out.existencias = data.existencias;
    if (said.hasIva) out.iva = std::move(data.iva);
    if (said.hasPeso) out.peso = data.peso;
    if (said.hasAtributos) out.atributos = std::move(data.atributos);
    if (!data.imagenes.empty()) out.imagenes = std::move(data.imagenes);
    return out;
}

} // namespace

zoco::Result<ImportPlan> planImport(const CatalogoRepository& repository, std::vector<ImportedProduct>& products)
{
    ImportPlan out;
    out.changes.ahora = nowMicroseconds();
    ZOCO_TRY(const auto stored, repository.allCategories({}));
    CategoryNames names(stored);
    std::unordered_map<std::string, ImportedProduct*> open;
    for (auto& p : products)
    {
        names.settle(p.data.categoria, out.changes.categorias);
        open.emplace(p.data.sku, &p);
    }

    auto walked = repository.forEach(
        {},
        [&](const Producto& now)
        {
            const auto found = open.find(now.sku);
            if (found == open.end()) return;
            auto data = merged(now, *found->second);
            open.erase(found);
            if (data == static_cast<const DatosProducto&>(now)) return;
            const auto changed = std::max(out.changes.ahora, now.modificado + 1);
            out.changes.reemplazos.push_back({{std::move(data), now.id, now.creado, changed}, now.modificado});
        });
    if (!walked) return std::move(walked.problem());

    for (auto& p : products)
    {
        if (!open.contains(p.data.sku)) continue;
        open.erase(p.data.sku);
        const auto order = static_cast<std::int64_t>(out.changes.nuevos.size());
        const auto created = out.changes.ahora + order;
        out.changes.nuevos.push_back({std::move(p.data), newPublicId(), created, created});
    }
    out.counts.added = out.changes.nuevos.size();
    out.counts.updated = out.changes.reemplazos.size();
    out.counts.unchanged = products.size() - out.counts.added - out.counts.updated;
    return out;
}

} // namespace catalogo
