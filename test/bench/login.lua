-- Logs in as one person after the other; wrk -s login.lua URL -- PEOPLE PASSWORD
local people, password, next = 1, "", 0

function init(args)
    people, password = tonumber(args[1]), args[2]
end

function request()
    next = next % people + 1
    local body = string.format('{"correo":"persona%d@example.com","clave":"%s"}', next, password)
    return wrk.format("POST", "/Usuarios/sesion", {["Content-Type"] = "application/json"}, body)
end
