using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;
using Tessera.Testing;

namespace Tessera.Architecture.Tests;

/// <summary>What is not for those who see their own rows only, found in the running host.</summary>
public sealed class StaffOnlyTests(Api api) : IClassFixture<Api>
{
    private const string Budget = "48213.57";

    private const string Currency = "JPY";

    private IReadOnlyList<string> Readable =>
    [
        .. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true && e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal))
            .Select(e => e.RoutePattern.RawText!["/api/v1/".Length..].TrimEnd('/')).Distinct(),
    ];

    [Fact]
    public async Task No_address_tells_students_what_their_project_may_cost()
    {
        var (school, student, project) = await FoundAsync();

        var told = await TellingAsync(student, project);
        var toldToStaff = await TellingAsync(school.Admin, project);

        Assert.Empty(told);
        Assert.Superset(
            new HashSet<string>(["production/projects", "production/projects/{id:guid}", "production/projects/{id:guid}/history", "production/projects?search=Bus&sort=-title"], StringComparer.Ordinal),
            toldToStaff.ToHashSet(StringComparer.Ordinal));
        (await student.Get($"production/projects/{project}")).Must(200);
        Assert.Equal("Night Bus", Assert.Single((await student.Get("production/projects")).Must(200).Items).GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("sql")]
    public async Task No_export_tells_students_what_their_project_may_cost(string format)
    {
        var (school, student, _) = await FoundAsync();

        var mine = Encoding.UTF8.GetString(await student.ExportedAsync("production/projects", format));
        var staffs = Encoding.UTF8.GetString(await school.Admin.ExportedAsync("production/projects", format));
        var asked = Encoding.UTF8.GetString(await student.ExportedAsync("production/projects", "csv", new { columns = (string[])["title", "budgetAmount"] }));

        Assert.Contains("Night Bus", mine, StringComparison.Ordinal);
        Assert.False(Tells(mine), mine);
        Assert.True(Tells(staffs), staffs);
        Assert.False(Tells(asked), asked);
        Assert.Contains("Night Bus", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewing_as_a_student_shows_what_the_student_sees()
    {
        var (school, student, project) = await FoundAsync();
        school.Admin.Headers["X-View-As"] = student.UserId.ToString();

        Assert.False(Tells((await school.Admin.Get($"production/projects/{project}")).Must(200).Text));
    }

    [Fact]
    public void Lists_are_neither_filtered_nor_sorted_nor_searched_by_what_is_for_staff_only()
    {
        foreach (var noun in api.Services.GetServices<IRecordSet>())
        {
            var hidden = noun.EntityType.GetProperties().Where(p => p.IsDefined(typeof(StaffOnlyAttribute))).Select(p => Words.Camel(p.Name));
            Assert.Empty(noun.SortNames.Intersect(hidden));
        }

        Assert.Throws<ArgumentException>(() => new Sorted());
        Assert.Throws<ArgumentException>(() => new Filtered());
        Assert.Throws<ArgumentException>(() => new Searched());
    }

    [Fact]
    public void Money_of_a_record_that_can_be_somebodys_own_is_for_staff_only() =>
        Assert.Empty(api.Services.GetServices<IRecordSet>().SelectMany(noun => OpenMoney(noun.EntityType, noun.InputType)));

    [Fact]
    public void Money_that_everybody_sees_whose_row_it_is_is_found_out() =>
        Assert.Equal(["Purse.Amount"], OpenMoney(typeof(Purse), typeof(PurseInput)));

    private static bool Tells(string text) => text.Contains(Budget, StringComparison.Ordinal) || text.Contains(Currency, StringComparison.Ordinal);

    private static IEnumerable<string> OpenMoney(Type entity, Type input)
    {
        if (!typeof(IOwnedRows<>).IsSatisfiedBy(entity) || NobodyOwns(entity))
        {
            return [];
        }

        return input.GetProperties().Where(p => p.IsDefined(typeof(MoneyAmountAttribute)) && entity.GetProperty(p.Name)?.IsDefined(typeof(StaffOnlyAttribute)) == false).Select(p => $"{entity.Name}.{p.Name}");
    }

    private static bool NobodyOwns(Type entity) =>
        entity.GetMethod("IsOwn", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [null]) is LambdaExpression { Body: ConstantExpression { Value: false } };

    private async Task<(TestTenant School, Person Student, Guid Project)> FoundAsync()
    {
        var school = await api.FoundSchoolAsync();
        var student = await school.AddAsync("student");
        var row = await school.Admin.AddStudentAsync(userId: student.UserId);
        var project = await school.Admin.AddProjectAsync(new { budgetAmount = decimal.Parse(Budget, System.Globalization.CultureInfo.InvariantCulture), currency = Currency });
        await school.Admin.AddCrewAsync(project.Id, row.Id);
        return (school, student, project.Id);
    }

    private async Task<IReadOnlyList<string>> TellingAsync(Client person, Guid project)
    {
        var telling = new List<string>();
        foreach (var route in Readable.Append("production/projects?search=Bus&sort=-title").Append("production/projects?status=idea&limit=1"))
        {
            var answer = await person.Get(ValidBody.Fill(route, project));
            if (Tells(answer.Text))
            {
                telling.Add(route);
            }
        }

        return telling;
    }

#pragma warning disable CA1812 // Bad examples: their constructors are what is asked about.
    private sealed class Purse : TenantRecord, IOwnedRows<Purse>
    {
        [StaffOnly]
        public decimal? Hidden { get; set; }

        [StaffOnly]
        public string? Note { get; set; }

        public decimal? Amount { get; set; }

        public static Expression<Func<Purse, bool>> IsOwn(PlatformDb db) => purse => purse.CreatedBy == db.OwnRowsOf;
    }

    private sealed record PurseInput
    {
        [MoneyAmount]
        public decimal? Hidden { get; init; }

        [MoneyAmount]
        public decimal? Amount { get; init; }
    }

    private sealed record PurseRow(Guid Id, int Version) : IRecordRow;

    private abstract class Purses() : RecordSet<Purse, PurseInput, PurseRow>(new Tessera.Kernel.Access.Page("purses", "Purses"), "purses");

    private sealed class Sorted : Purses
    {
        public Sorted() => Sort(p => p.Hidden);
    }

    private sealed class Filtered : Purses
    {
        public Filtered() => Filter(p => p.Hidden);
    }

    private sealed class Searched : Purses
    {
        public Searched() => Search(p => p.Note);
    }
#pragma warning restore CA1812
}

file static class OpenInterfaces
{
    /// <summary>Whether the type has the interface, whatever its argument.</summary>
    public static bool IsSatisfiedBy(this Type definition, Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);
}
