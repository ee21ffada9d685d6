using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Identity.SingleSignOn;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;

namespace Tessera.Kernel.Web;

/// <summary>What the host hands to the kernel.</summary>
/// <param name="ConnectionString">Prepared by <see cref="RuntimeConnection"/>.</param>
/// <param name="SigningKey">The installation's secret, at least <see cref="Secrets.MinimumLength"/> bytes.</param>
/// <param name="Demo">Demo tenants with well-known passwords are wanted.</param>
/// <param name="DataDirectory">Folder for files the installation keeps outside the database.</param>
/// <param name="RunsTasks">False for a start that only describes itself and has no database.</param>
public sealed record PlatformStart(string ConnectionString, string SigningKey, bool Demo, string DataDirectory, bool RunsTasks = true);

/// <summary>Assembles the kernel and the modules into a web application.</summary>
public static class Platform
{
    /// <summary>The tables of the kernel and of each module.</summary>
    public static IReadOnlyList<ModuleTables> TablesOf(IEnumerable<IModule> modules) =>
        [new ModuleTables(KernelModule.Schema, typeof(KernelModule).Assembly), .. modules.Select(m => new ModuleTables(m.Key, m.GetType().Assembly))];

    public static void AddPlatform(this IServiceCollection services, IConfiguration configuration, IReadOnlyList<IModule> modules, PlatformStart start)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new Secrets(start.SigningKey));
        services.AddSingleton(start);
        foreach (var module in modules)
        {
            services.AddSingleton(module);
        }

        AddDatabase(services, modules, start.ConnectionString);
        var settings = configuration.GetSection("Tessera");
        services.AddOptions<PasswordOptions>().Bind(settings.GetSection("Passwords")).ValidateDataAnnotations();
        services.Configure<TenancyOptions>(options =>
        {
            options.AllowFounding = settings.GetValue("AllowFounding", start.Demo);
            options.Demo = start.Demo;
        });
        AddSingleSignOn(services, settings.GetSection("Oidc").Get<OidcOptions[]>() ?? []);
        services.AddRequestLimits(settings.GetSection("RateLimits").Get<RateLimitOptions>() ?? DefaultLimits(start.Demo));
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(settings.GetSection("AllowedOrigins").Get<string[]>() ?? [])
            .AllowAnyHeader().WithMethods("GET", "POST", "PUT", "PATCH", "DELETE").AllowCredentials().WithExposedHeaders("ETag", "Location", "Retry-After", Idempotency.ReplayHeader)));
        services.Configure<JsonOptions>(json => PlatformJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddPlatformOpenApi();
        services.AddOptions<AuditOptions>().Bind(settings).ValidateDataAnnotations().ValidateOnStart();
        KernelModule.AddServices(services);
        if (start.RunsTasks)
        {
            KernelModule.AddBackgroundServices(services);
        }

        services.AddOptions<Exchange.ExchangeOptions>().Bind(settings.GetSection("Exchange")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<JobOptions>().Bind(settings.GetSection("Jobs")).ValidateDataAnnotations().ValidateOnStart();
        var kinds = new JobKinds();
        services.AddSingleton(kinds);
        services.AddJobKinds(kinds, typeof(KernelModule).Assembly);
        services.AddRecordSets(typeof(KernelModule).Assembly);
        foreach (var module in modules)
        {
            services.AddRecordSets(module.GetType().Assembly);
            services.AddJobKinds(kinds, module.GetType().Assembly);
            module.AddServices(services);
        }
    }

    public static void UsePlatform(this WebApplication app)
    {
        // Settings that cannot work end the start, not somebody's sign-in.
        _ = app.Services.GetRequiredService<OidcProviders>();
        app.UseSecurityHeaders();
        app.UseMiddleware<ExceptionMiddleware>();
        app.UseRouteAliases();
        app.UseRouting();
        app.UseCors();
        app.Use(ReadClaims);
        app.UseRateLimiter();
        app.UseMiddleware<AccessMiddleware>();
        Health.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").OpenToEverybody("The API's description is public.");

        var api = app.MapGroup("/api/v1");
        api.AddEndpointFilterFactory(InputValidator.Filter);
        KernelModule.MapEndpoints(api);
        api.MapRecordSets(typeof(KernelModule).Assembly);
        foreach (var module in app.Services.GetServices<IModule>())
        {
            var group = api.MapGroup("/" + module.Key);
            group.MapRecordSets(module.GetType().Assembly);
            module.MapEndpoints(group);
        }
    }

    private static void AddSingleSignOn(IServiceCollection services, OidcOptions[] providers)
    {
        services.AddHttpClient(OidcProvider.HttpClientName, client =>
        {
            client.Timeout = TimeSpan.FromSeconds(10);
            client.MaxResponseContentBufferSize = 1024 * 1024;
        });
        services.AddSingleton(provider => new OidcProviders(providers, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()));
    }

    private static Task ReadClaims(HttpContext http, RequestDelegate next)
    {
        AccessMiddleware.ReadClaims(http, http.RequestServices.GetRequiredService<AccessTokens>());
        return next(http);
    }

    /// <summary>On a demo everybody comes from the same address, often a test.</summary>
    private static RateLimitOptions DefaultLimits(bool demo) =>
        demo ? new RateLimitOptions { UserPermitsPerMinute = 1_000_000, AnonymousPermitsPer15Minutes = 5_000 } : new RateLimitOptions();

    private static void AddDatabase(IServiceCollection services, IReadOnlyList<IModule> modules, string connectionString)
    {
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(connectionString).Build());
        services.AddSingleton<SharedReads>();
        services.AddPooledDbContextFactory<PlatformDb>((provider, options) =>
        {
            options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>());
            options.AddInterceptors(new TenantInterceptor(provider.GetRequiredService<SharedReads>()), new PreparedStatements(), new ChangeCommitInterceptor(provider.GetRequiredService<ChangeSignal>()), new NotificationCommitInterceptor(provider.GetRequiredService<NotificationSignal>()));
            options.EnableThreadSafetyChecks(false);
            options.ConfigureWarnings(warnings => warnings.Ignore(
                CoreEventId.RowLimitingOperationWithoutOrderByWarning,
                CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning,
                CoreEventId.FirstWithoutOrderByAndFilterWarning));
            ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(
                new PlatformOptions(TablesOf(modules), provider.GetRequiredService<TimeProvider>()));
        });
        services.AddSingleton<TenantDbFactory>();
        services.AddScoped<RequestScope>();
        services.AddScoped(provider =>
        {
            var request = provider.GetRequiredService<RequestScope>();
            var db = provider.GetRequiredService<TenantDbFactory>().Lease();
            request.Lease = db;
            return request.Current is { } scope ? db.Enter(scope) : db;
        });
    }
}
