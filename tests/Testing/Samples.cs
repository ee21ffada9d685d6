namespace Tessera.Testing;

/// <summary>
/// One valid new record of each noun, by its address. Tests that run over all nouns ask here: a noun without a sample fails them.
/// </summary>
public static class Samples
{
    private static readonly Dictionary<string, Func<TestTenant, Task<object>>> Bodies = new(StringComparer.Ordinal)
    {
        ["users"] = _ => Task.FromResult<object>(new { fullName = Api.NewName(), email = Api.NewEmail(), role = "agent", password = Api.Password }),
        ["production/projects"] = _ => Task.FromResult<object>(new { code = NewCode(), title = "Night Bus", type = "film", shootDate = "2026-04-14", deliveryDate = "2026-06-30" }),
        ["production/students"] = _ => Task.FromResult<object>(new { firstName = "Noor", lastName = "Haddad", email = Api.NewEmail(), studentNo = NewCode() }),
        ["production/crew"] = async tenant => new
        {
            projectId = (await AddAsync(tenant, "production/projects")).Id,
            studentId = (await AddAsync(tenant, "production/students")).Id,
            crewRole = "director",
        },
        ["production/task-types"] = _ => Task.FromResult<object>(new { name = "Rotoscoping " + NewCode(), shortName = "ROTO", color = "#2F6FED" }),
        ["production/task-statuses"] = _ => Task.FromResult<object>(new { name = "On the shelf " + NewCode(), shortName = "SHELF", color = "#8A94A6" }),
        ["production/tasks"] = async tenant => new { projectId = (await AddAsync(tenant, "production/projects")).Id, title = "Rough cut", due = "2026-05-04" },
        ["production/time-entries"] = async tenant => new { taskId = (await AddAsync(tenant, "production/tasks")).Id, date = "2026-03-02", minutes = 90 },
        ["production/milestones"] = async tenant => new { projectId = (await AddAsync(tenant, "production/projects")).Id, name = "Picture lock", date = "2026-05-20" },
        ["production/budgets"] = async tenant => new { projectId = (await AddAsync(tenant, "production/projects")).Id, department = "camera", month = "2026-04-01", plannedAmount = 1200.50m },
        ["production/project-templates"] = _ => Task.FromResult<object>(new { name = "Short film " + NewCode(), type = "film" }),
        ["production/template-steps"] = async tenant => new { templateId = (await AddAsync(tenant, "production/project-templates")).Id, name = "Edit", offsetDays = 14, durationDays = 10 },
        ["production/schedule-versions"] = async tenant => new { projectId = (await AddAsync(tenant, "production/projects")).Id, name = "Two weeks later" },
        ["recruiting/candidates"] = _ => Task.FromResult<object>(new { fullName = Api.NewName(), email = Api.NewEmail(), position = "Sound engineer" }),
        ["recruiting/interviews"] = async tenant => new
        {
            candidateId = (await tenant.Admin.AddCandidateAsync()).Id,
            interviewerName = "Mara Lindt " + Api.NewEmail(),
            scheduledAt = tenant.Clock.Now.AddDays(1),
        },
        ["recruiting/calls"] = _ => Task.FromResult<object>(new { callerName = Api.NewName(), callerNumber = "+41 44 668 18 00", callType = "inbound", status = "answered", durationSecs = 60 }),
    };

    private static int _serial;

    /// <summary>A short word nobody else in this process has.</summary>
    public static string NewCode() => $"N{Interlocked.Increment(ref _serial):0000}";

    /// <param name="tenant">Where records that the sample refers to are made.</param>
    /// <param name="address">Behind <c>/api/v1/</c>, for example <c>recruiting/candidates</c>.</param>
    public static Task<object> BodyAsync(TestTenant tenant, string address) =>
        Bodies.TryGetValue(address, out var body) ? body(tenant) : throw new InvalidOperationException($"Add a sample of {address} to {nameof(Samples)}.");

    /// <summary>Creates a sample as the tenant's administrator.</summary>
    public static async Task<Answer> AddAsync(TestTenant tenant, string address) =>
        (await tenant.Admin.Post(address, await BodyAsync(tenant, address))).Must(201);
}
