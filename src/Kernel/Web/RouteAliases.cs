using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tessera.Kernel.Web;

/// <summary>
/// The literal routes of the documents, answered by the canonical ones: the address is rewritten before routing, so there is
/// one handler, one permission and one behaviour for both. An address that is also a screen is left to the browser.
/// </summary>
internal static class RouteAliases
{
    private static readonly (string From, string To)[] Prefixes =
    [
        ("/api/auth", "/api/v1/auth"),
        ("/auth", "/api/v1/auth"),
        ("/api/setup", "/api/v1/setup"),
        ("/api/users", "/api/v1/users"),
        ("/api/backup", "/api/v1/backup"),
        ("/api/audit-logs", "/api/v1/audit"),
        ("/api/v1/audit-logs", "/api/v1/audit"),
        ("/api/v1/audit_logs", "/api/v1/audit"),
        ("/api/projects", "/api/v1/production/projects"),
        ("/api/students", "/api/v1/production/students"),
        ("/api/candidates", "/api/v1/recruiting/candidates"),
        ("/api/v1/candidates", "/api/v1/recruiting/candidates"),
        ("/api/interviews", "/api/v1/recruiting/interviews"),
        ("/api/v1/interviews", "/api/v1/recruiting/interviews"),
        ("/api/calls", "/api/v1/recruiting/calls"),
        ("/api/v1/calls", "/api/v1/recruiting/calls"),
    ];

    public static IApplicationBuilder UseRouteAliases(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        var path = http.Request.Path;
        if (HttpMethods.IsPost(http.Request.Method) && path == "/login")
        {
            http.Request.Path = "/api/v1/auth/login";
        }
        else
        {
            foreach (var (from, to) in Prefixes)
            {
                if (path.StartsWithSegments(from, out var rest))
                {
                    http.Request.Path = to + rest;
                    break;
                }
            }
        }

        return next(http);
    });
}
