export namespace bridge {
	
	export interface Pick {
	    index: number;
	    name: string;
	    color: string;
	    group: string;
	    labels: Record<string, string>;
	}
	export interface AddRequest {
	    ticket: string;
	    picks: Pick[];
	}
	export interface AllowedProgram {
	    id: string;
	    path: string;
	    hash: string;
	    server: string;
	    allowedAt: number;
	}
	export interface Layout {
	    columns: string[];
	    sort: string;
	    desc: boolean;
	    groupBy: string;
	}
	export interface LogInRequest {
	    ticket: string;
	    primary: Pick;
	    others: Pick[];
	    offline: boolean;
	}
	export interface MemberEdit {
	    id: string;
	    name?: string;
	    color?: string;
	    group?: string;
	    labels?: Record<string, string>;
	    distribution?: string;
	}
	
	export interface Settings {
	    theme: string;
	    density: string;
	    logLevel: string;
	}
	export interface SignInChoice {
	    device: boolean;
	}
	export interface Subject {
	    memberID: string;
	    ticket: string;
	    index: number;
	}

}

