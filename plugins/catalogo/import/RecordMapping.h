#pragma once

#include "RecordMapper.h"

#include <map>

namespace catalogo
{

/// The work on one record.
class RecordMapping
{
public:
    RecordMapping(RecordMapper& mapper, const Record& record, const RecordMapper::OnFault& onFault)
        : _mapper(mapper), _record(record), _onFault(onFault)
    {
    }

    ImportedProduct run();

private:
    struct Candidate
    {
        const Field* field = nullptr;
        int rank = 0;
    };

    void sortFields();
    void noteIgnored(const std::string& name);
    const Field* best(Column column) const;
    void fault(const Field& field, const std::string& what) const;
    /// Text of the field's scalar; a list or object is a fault.
    std::string textOf(const Field& field) const;

    void readSku();
    void readNombre();
    void readPrecio();
    void readCategoria();
    void readMarca();
    void readDescripcion();
    void readExistencias();
    void readIva();
    void readPeso();
    /// Of an attribute that says a weight with its unit, unless a column says it in grams.
    void weighBy(std::string_view nombre, std::string_view valor);
    void readImagenes();
    void mention(std::string_view name, const Field& field);
    void readAtributos();
    void addAtributo(std::string_view nombre, std::string valor, const Field& field);

    RecordMapper& _mapper;
    const Record& _record;
    const RecordMapper::OnFault& _onFault;
    ImportedProduct _out;
    std::map<Column, Candidate> _best;
    std::map<int, const Field*> _keys;                               ///< sku columns by rank
    std::map<int, const Field*> _pictures;                           ///< picture columns by rank
    std::vector<std::pair<std::string_view, Candidate>> _attributes; ///< by label, as they occur
};

} // namespace catalogo
