using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;
using Tessera.Kernel.Access;
using Tessera.Kernel.Web;

namespace Tessera.Host;

/// <summary>Serves the built web client: hashed files for a year, the page itself never from a cache, and the page for each of its own addresses.</summary>
internal static class WebClient
{
    public static void Map(WebApplication app, string? webRoot)
    {
        if (webRoot is null)
        {
            return;
        }

        var files = new PhysicalFileProvider(webRoot);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] =
                file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
        app.Get("/openapi", (HttpContext http) => Page(http, files, "openapi.html")).OpenToEverybody("The API's description is public.").ExcludeFromDescription();

        // No fallback route: it would take every request without a content type, also those an endpoint accepts without a body.
        app.Use((http, next) => http.GetEndpoint() is null ? Page(http, files, "index.html") : next(http));
    }

    private static async Task Page(HttpContext http, PhysicalFileProvider files, string name)
    {
        var isPage = (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) && !http.Request.Path.StartsWithSegments("/api") && !Path.HasExtension(http.Request.Path);
        var file = files.GetFileInfo(name);
        if (!isPage || !file.Exists)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers[HeaderNames.CacheControl] = "no-cache";
        await http.Response.SendFileAsync(file, http.RequestAborted);
    }
}
